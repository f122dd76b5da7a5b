package io.jenkins.plugins.amirefresh.faultruns;

import io.jenkins.plugins.amirefresh.scenario.MortalHttpClient;
import io.jenkins.plugins.amirefresh.truth.Truth;
import java.util.Map;

/** Whom a call is about. */
final class Affected {

    private Affected() {}

    /** The group that a call changes, empty when it is about none. */
    static String group(MortalHttpClient.Call call, Truth before) {
        String id = call.parameters().get("InstanceId");
        if (id != null) {
            return before.groups().entrySet().stream()
                    .filter(entry -> entry.getValue().instances().stream()
                            .anyMatch(instance -> instance.id().equals(id)))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElse("");
        }
        return call.parameters()
                .getOrDefault("AutoScalingGroupName", call.parameters().getOrDefault("Tags.member.1.ResourceId", ""));
    }
}
