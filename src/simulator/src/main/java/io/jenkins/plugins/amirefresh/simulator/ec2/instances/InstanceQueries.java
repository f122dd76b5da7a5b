package io.jenkins.plugins.amirefresh.simulator.ec2.instances;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Errors;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Filters;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Input;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Nodes;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Paging;
import io.jenkins.plugins.amirefresh.simulator.kernel.Caller;
import io.jenkins.plugins.amirefresh.simulator.kernel.Pages;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/** EC2's operations that read instances. */
final class InstanceQueries {

    private static final Paging INSTANCES = Paging.usual("DescribeInstances");
    private static final Paging STATUSES = Paging.usual("DescribeInstanceStatus");
    private static final String TAG = "tag:";

    private final Function<Caller, Fleet> fleet;
    private final Filters<Instance> filters = filters();

    /** What the caller works on. */
    record Fleet(Surroundings around, Instances instances, InstanceTypes types) {}

    InstanceQueries(Function<Caller, Fleet> fleet) {
        this.fleet = fleet;
    }

    private static Filters<Instance> filters() {
        Filters<Instance> filters = Filters.byTags(instance -> instance.tags().asMap());
        place(filters);
        return filters.with("instance-id", Instance::id)
                .with("instance-state-name", instance -> instance.state().text())
                .with(
                        "instance-state-code",
                        instance -> Integer.toString(instance.state().code()))
                .with("instance-type", Instance::instanceType)
                .with("image-id", instance -> instance.image().id())
                .with("architecture", instance -> instance.image().kind().architecture())
                .with("launch-time", instance -> Nodes.milliseconds(instance.launchTime()))
                .with("reservation-id", instance -> instance.birth().reservationId())
                .with(
                        "launch-index",
                        instance -> Integer.toString(instance.birth().launchIndex()))
                .with("root-device-type", instance -> "ebs")
                .with("root-device-name", instance -> instance.image().kind().rootDeviceName())
                .with("virtualization-type", instance -> instance.image().kind().virtualizationType())
                .with("client-token", instance -> instance.birth()
                        .parameters()
                        .path("ClientToken")
                        .asText())
                .with(
                        "key-name",
                        instance ->
                                instance.birth().parameters().path("KeyName").asText())
                .with("instance-lifecycle", instance -> instance.isSpot() ? "spot" : "")
                .with("tenancy", instance -> "default")
                .with("monitoring-state", instance -> "disabled")
                .with("platform-details", instance -> instance.image().kind().platformDetails())
                .with("iam-instance-profile.arn", instance -> instance.birth()
                        .parameters()
                        .path("IamInstanceProfile")
                        .path("Arn")
                        .asText())
                .withAll(
                        "state-reason-code",
                        instance -> instance.stateReason().map(Instance.StateReason::code).stream())
                .withAll("block-device-mapping.volume-id", instance -> instance.volumeIds().stream());
    }

    private static void place(Filters<Instance> filters) {
        filters.with("availability-zone", Instance::zone)
                .with("subnet-id", instance -> instance.subnet().id())
                .with("vpc-id", instance -> instance.subnet().vpc().id())
                .with("private-ip-address", Instance::privateAddress)
                .with("private-dns-name", Instance::privateDnsName)
                .with("network-interface.network-interface-id", instance -> instance.connection()
                        .interfaceId())
                .with("network-interface.subnet-id", instance -> instance.subnet()
                        .id())
                .with(
                        "network-interface.vpc-id",
                        instance -> instance.subnet().vpc().id())
                .with("network-interface.addresses.private-ip-address", Instance::privateAddress)
                .with("network-interface.private-dns-name", Instance::privateDnsName)
                .with("network-interface.availability-zone", Instance::zone)
                .withAll("ip-address", instance -> instance.publicAddress().stream())
                .withAll("dns-name", instance -> instance.publicDnsName().stream())
                .withAll("network-interface.association.public-ip", instance -> instance.publicAddress().stream());
        for (String prefix : List.of("instance.", "network-interface.", "")) {
            filters.withAll(prefix + "group-id", instance -> instance.groups().stream()
                            .map(group -> group.id()))
                    .withAll(prefix + "group-name", instance -> instance.groups().stream()
                            .map(group -> group.name()));
        }
    }

    ObjectNode describe(Input request, Caller caller) {
        Fleet mine = fleet.apply(caller);
        List<String> ids = request.texts("InstanceIds");
        if (!ids.isEmpty() && request.has("MaxResults")) {
            throw Errors.combination("The parameter instancesSet cannot be used with the parameter maxResults");
        }
        List<Instance> found = candidates(mine.instances(), request, ids)
                .filter(filters.of(request))
                .toList();
        Pages.Page<Instance> page = INSTANCES.cut(request, found, Instance::id);
        Map<String, ObjectNode> reservations = new LinkedHashMap<>();
        for (Instance instance : page.items()) {
            ObjectNode reservation = reservations.computeIfAbsent(
                    instance.birth().reservationId(), id -> reservation(id, caller.accountId()));
            ((ArrayNode) reservation.get("Instances"))
                    .add(InstanceView.of(
                            instance, caller.accountId(), mine.around().volumes()));
        }
        ObjectNode answer = Nodes.of("Reservations", Nodes.array(reservations.values(), node -> node));
        Nodes.putIfPresent(answer, "NextToken", page.next());
        return answer;
    }

    static ObjectNode reservation(String id, String accountId) {
        ObjectNode reservation = Nodes.object().put("ReservationId", id).put("OwnerId", accountId);
        reservation.set("Groups", Nodes.array());
        reservation.set("Instances", Nodes.array());
        return reservation;
    }

    /** Sorted by id; looks at all instances only when nothing narrows the question down. */
    private static Stream<Instance> candidates(Instances instances, Input request, List<String> ids) {
        if (!ids.isEmpty()) {
            return instances.all(ids).stream().sorted((left, right) -> left.id().compareTo(right.id()));
        }
        Collection<String> exactIds = Filters.exact(request, "instance-id");
        if (!exactIds.isEmpty()) {
            return new TreeSet<>(exactIds).stream().flatMap(id -> instances.find(id).stream());
        }
        for (Input filter : request.structures("Filters")) {
            String name = filter.text("Name", "");
            Collection<String> values = name.startsWith(TAG) ? Filters.exact(request, name) : List.of();
            if (!values.isEmpty()) {
                return values.stream()
                        .flatMap(value -> instances.tagged(name.substring(TAG.length()), value).stream())
                        .distinct()
                        .sorted((left, right) -> left.id().compareTo(right.id()));
            }
        }
        return instances.all().stream();
    }

    ObjectNode describeStatus(Input request, Caller caller) {
        Fleet mine = fleet.apply(caller);
        Instant now = mine.around().place().now();
        List<String> ids = request.texts("InstanceIds");
        if (ids.size() > 100) {
            throw Errors.invalidValue("The maximum number of instance IDs specified on a single call is 100");
        }
        if (!ids.isEmpty() && request.has("MaxResults")) {
            throw Errors.combination("The parameter instancesSet cannot be used with the parameter maxResults");
        }
        Filters<Instance> statusFilters = Filters.<Instance>byTags(
                        instance -> instance.tags().asMap())
                .with("availability-zone", Instance::zone)
                .with("instance-state-name", instance -> instance.state().text())
                .with(
                        "instance-state-code",
                        instance -> Integer.toString(instance.state().code()))
                .with("instance-status.status", instance -> status(instance, now))
                .with("system-status.status", instance -> ofSystem(status(instance, now), "ok"))
                .with("instance-status.reachability", instance -> reachability(instance, now))
                .with("system-status.reachability", instance -> ofSystem(reachability(instance, now), "passed"));
        List<Instance> found = candidates(mine.instances(), request, ids)
                .filter(instance -> request.flag("IncludeAllInstances") || instance.state() == InstanceState.RUNNING)
                .filter(statusFilters.of(request))
                .toList();
        return STATUSES.answer(request, "InstanceStatuses", found, Instance::id, instance -> statusView(instance, now));
    }

    private static ObjectNode statusView(Instance instance, Instant now) {
        ObjectNode view = Nodes.object().put("InstanceId", instance.id()).put("AvailabilityZone", instance.zone());
        view.set("InstanceState", instance.state().view());
        String status = status(instance, now);
        String reachability = reachability(instance, now);
        view.set("InstanceStatus", summary(instance, status, reachability));
        view.set("SystemStatus", summary(instance, ofSystem(status, "ok"), ofSystem(reachability, "passed")));
        return view;
    }

    /** What machines do wrong is their own doing; the hosts under them are well. */
    private static String ofSystem(String ofInstance, String good) {
        return ofInstance.equals("impaired") || ofInstance.equals("failed") ? good : ofInstance;
    }

    private static ObjectNode summary(Instance instance, String status, String reachability) {
        ObjectNode summary = Nodes.of("Status", status);
        if (instance.state() == InstanceState.RUNNING) {
            ObjectNode detail = Nodes.object().put("Name", "reachability").put("Status", reachability);
            summary.set("Details", Nodes.array().add(detail));
        }
        return summary;
    }

    /** Source: EC2 User Guide, "View status checks": initializing until the first checks are done. */
    private static String status(Instance instance, Instant now) {
        if (instance.state() != InstanceState.RUNNING) {
            return "not-applicable";
        }
        if (now.isBefore(instance.conduct().booted())) {
            return "initializing";
        }
        return instance.conduct().passesStatusChecks(now) ? "ok" : "impaired";
    }

    private static String reachability(Instance instance, Instant now) {
        return switch (status(instance, now)) {
            case "ok" -> "passed";
            case "impaired" -> "failed";
            case "initializing" -> "initializing";
            default -> "";
        };
    }
}
