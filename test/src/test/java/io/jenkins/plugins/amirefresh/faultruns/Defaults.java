package io.jenkins.plugins.amirefresh.faultruns;

import io.jenkins.plugins.amirefresh.scenario.MortalHttpClient;
import io.jenkins.plugins.amirefresh.truth.Truth;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Who moved which launch template's default, and what could be known of it. */
final class Defaults {

    private final Map<String, Integer> theirMoves = new HashMap<>();
    private int looks;

    /** Others moved the default of a group's template. */
    void moved(Truth truth, Truth.Group group) {
        truth.template(group).ifPresent(template -> theirMoves.put(template.id(), looks));
    }

    /** A call of ours reached AWS; in words what it undid of others, empty for nothing. AWS has no condition on a write. */
    Optional<String> sent(MortalHttpClient.Call call) {
        if (call.operation().startsWith("DescribeLaunchTemplate")) {
            looks++;
        }
        String template = call.parameters().getOrDefault("LaunchTemplateId", "");
        boolean isMove = call.operation().equals("ModifyLaunchTemplate") && theirMoves.containsKey(template);
        return isMove && theirMoves.getOrDefault(template, 0) < looks
                ? Optional.of("the default of " + template + ", which others moved, is set: " + call.parameters())
                : Optional.empty();
    }
}
