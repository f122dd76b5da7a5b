package io.jenkins.plugins.amirefresh.simulator.ecs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.kernel.AccountRegion;
import java.util.Collection;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** A cluster with the services that are in it. */
final class Cluster {

    private final AccountRegion at;
    private final String name;
    private final ObjectNode request;
    private final Map<String, String> tags;
    private final NavigableMap<String, Service> services = new TreeMap<>();
    private boolean deleted;

    Cluster(AccountRegion at, String name, ObjectNode request) {
        this.at = at;
        this.name = name;
        this.request = request;
        this.tags = Json.tags(request.path("tags"));
    }

    AccountRegion at() {
        return at;
    }

    String name() {
        return name;
    }

    String arn() {
        return at.arn("ecs", "cluster/" + name);
    }

    ObjectNode request() {
        return request;
    }

    Map<String, String> tags() {
        return tags;
    }

    boolean isActive() {
        return !deleted;
    }

    void delete() {
        deleted = true;
    }

    Collection<Service> services() {
        return services.values();
    }

    Optional<Service> service(String serviceName) {
        return Optional.ofNullable(services.get(serviceName));
    }

    void put(Service service) {
        services.put(service.name(), service);
    }
}
