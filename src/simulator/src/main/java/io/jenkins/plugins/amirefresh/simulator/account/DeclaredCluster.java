package io.jenkins.plugins.amirefresh.simulator.account;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A cluster of Amazon ECS with its services. */
public record DeclaredCluster(int line, String name, Map<String, String> tags, List<Service> services) {

    public DeclaredCluster {
        tags = Lists.orEmpty(tags);
        services = Lists.orEmpty(services);
    }

    /**
     * A service whose tasks run.
     *
     * @param taskDefinition a declared family, its newest revision, or {@code family:revision}
     * @param desired tasks, of a daemon its container instances; 1 when not said
     * @param minimumHealthyPercent 100 when not said
     * @param maximumPercent 200 when not said
     * @param circuitBreaker {@code off}, {@code stop} or {@code rollback}; off when not said
     * @param alarms of CloudWatch that fail a deployment
     * @param onAlarm {@code stop} or {@code rollback}; rollback when not said
     * @param request further members of CreateService; null: none
     */
    public record Service(
            int line,
            String name,
            String taskDefinition,
            @Nullable Integer desired,
            @Nullable Integer minimumHealthyPercent,
            @Nullable Integer maximumPercent,
            String circuitBreaker,
            List<String> alarms,
            String onAlarm,
            Map<String, String> tags,
            @Nullable JsonNode request) {

        public Service {
            circuitBreaker = Lists.or(circuitBreaker, "off");
            alarms = Lists.orEmpty(alarms);
            onAlarm = Lists.or(onAlarm, "rollback");
            tags = Lists.orEmpty(tags);
        }
    }
}
