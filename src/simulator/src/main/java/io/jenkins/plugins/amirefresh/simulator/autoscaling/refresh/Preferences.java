package io.jenkins.plugins.amirefresh.simulator.autoscaling.refresh;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Fields;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Group;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The preferences of a refresh with AWS's defaults. Source: EC2 Auto Scaling API Reference, "RefreshPreferences".
 *
 * @param maxHealthy negative when neither the request nor the group's maintenance policy says it
 * @param checkpoints percentages, ascending; empty without checkpoints
 * @param protectedInstances {@code Refresh}, {@code Ignore} or {@code Wait}
 * @param standbyInstances {@code Terminate}, {@code Ignore} or {@code Wait}
 * @param alarms names of CloudWatch alarms that fail the refresh
 */
record Preferences(
        int minHealthy,
        int maxHealthy,
        Duration warmup,
        List<Integer> checkpoints,
        Duration checkpointDelay,
        boolean skipMatching,
        boolean autoRollback,
        String protectedInstances,
        String standbyInstances,
        List<String> alarms,
        Duration bakeTime) {

    private static final int DEFAULT_MIN_HEALTHY = 90;
    private static final int MAX_RANGE = 100;
    private static final int DEFAULT_CHECKPOINT_DELAY = 3600;
    private static final int LONGEST_DELAY = 172_800;
    private static final int MAX_ALARMS = 10;

    Preferences {
        checkpoints = List.copyOf(checkpoints);
        alarms = List.copyOf(alarms);
    }

    /** @throws io.jenkins.plugins.amirefresh.simulator.kernel.AwsError {@code ValidationError} for what AWS refuses */
    static Preferences of(JsonNode given, Group group) {
        JsonNode policy = group.settings().path("InstanceMaintenancePolicy");
        Optional<Integer> min = Fields.number(given, "MinHealthyPercentage");
        Optional<Integer> max = Fields.number(given, "MaxHealthyPercentage");
        if (max.isPresent() && min.isEmpty()) {
            throw Fields.invalid(
                    "You must specify MinHealthyPercentage when MaxHealthyPercentage is specified in the preferences.");
        }
        int minHealthy = min.or(() -> Fields.number(policy, "MinHealthyPercentage"))
                .filter(percent -> percent >= 0)
                .orElse(DEFAULT_MIN_HEALTHY);
        int maxHealthy = max.or(
                        () -> min.isPresent() ? Optional.empty() : Fields.number(policy, "MaxHealthyPercentage"))
                .orElse(-1);
        if (maxHealthy - minHealthy > MAX_RANGE) {
            throw Fields.invalid(
                    "The difference between MaxHealthyPercentage and MinHealthyPercentage cannot be greater than 100.");
        }
        return new Preferences(
                minHealthy,
                maxHealthy,
                Fields.number(given, "InstanceWarmup")
                        .filter(seconds -> seconds >= 0)
                        .map(Duration::ofSeconds)
                        .orElseGet(group::warmup),
                checkpoints(given),
                seconds(given, "CheckpointDelay", DEFAULT_CHECKPOINT_DELAY),
                Fields.flag(given, "SkipMatching").orElse(false),
                Fields.flag(given, "AutoRollback").orElse(false),
                Fields.text(given, "ScaleInProtectedInstances").orElse("Wait"),
                Fields.text(given, "StandbyInstances").orElse("Wait"),
                alarms(given),
                seconds(given, "BakeTime", 0));
    }

    private static List<Integer> checkpoints(JsonNode given) {
        List<Integer> percentages = new ArrayList<>();
        given.path("CheckpointPercentages").forEach(percent -> percentages.add(percent.asInt()));
        if (percentages.isEmpty() && given.has("CheckpointDelay")) {
            throw Fields.invalid("CheckpointDelay requires CheckpointPercentages to be specified.");
        }
        for (int i = 0; i < percentages.size(); i++) {
            int previous = i == 0 ? 0 : percentages.get(i - 1);
            if (percentages.get(i) <= previous || percentages.get(i) > MAX_RANGE) {
                throw Fields.invalid(
                        "CheckpointPercentages must be unique values in ascending order between 1 and 100.");
            }
        }
        return percentages;
    }

    private static Duration seconds(JsonNode given, String member, int otherwise) {
        int seconds = Fields.number(given, member).orElse(otherwise);
        if (seconds < 0 || seconds > LONGEST_DELAY) {
            throw Fields.invalid(member + " must be between 0 and " + LONGEST_DELAY + " seconds.");
        }
        return Duration.ofSeconds(seconds);
    }

    private static List<String> alarms(JsonNode given) {
        List<String> names = Fields.list(given.path("AlarmSpecification"), "Alarms");
        if (names.size() > MAX_ALARMS) {
            throw Fields.invalid("AlarmSpecification can contain at most " + MAX_ALARMS + " alarms.");
        }
        return names;
    }

    /** As DescribeInstanceRefreshes shows them: what was given, with the defaults that AWS fills in. */
    ObjectNode described(JsonNode given) {
        ObjectNode result = given instanceof ObjectNode node ? node.deepCopy() : Fields.object();
        result.put("MinHealthyPercentage", minHealthy);
        if (maxHealthy >= 0) {
            result.put("MaxHealthyPercentage", maxHealthy);
        }
        result.put("InstanceWarmup", warmup.toSeconds());
        if (!checkpoints.isEmpty()) {
            result.put("CheckpointDelay", checkpointDelay.toSeconds());
        }
        result.put("SkipMatching", skipMatching);
        result.put("AutoRollback", autoRollback);
        result.put("ScaleInProtectedInstances", protectedInstances);
        result.put("StandbyInstances", standbyInstances);
        return result;
    }
}
