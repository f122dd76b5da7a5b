package io.jenkins.plugins.amirefresh.simulator.autoscaling;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Causes;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Fields;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Group;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.scaling.Adjustment;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.scaling.Convergence;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.scaling.Ground;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import io.jenkins.plugins.amirefresh.simulator.kernel.Operation;
import io.jenkins.plugins.amirefresh.simulator.kernel.Pages;
import io.jenkins.plugins.amirefresh.simulator.kernel.ServiceCall;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Scaling policies: simple and step ones can be executed, target tracking ones act by themselves on groups that declare a
 * load, predictive ones are kept and shown. Source: EC2 Auto Scaling API Reference, "PutScalingPolicy", "ExecutePolicy".
 */
final class PolicyOperations {

    private static final int PAGE = 50;
    private static final int LONGEST_PAGE = 100;
    private static final String SIMPLE = "SimpleScaling";
    private static final String STEP = "StepScaling";
    private static final String TRACKING = "TargetTrackingScaling";

    private final Ground ground;
    private final Lookup lookup;
    private final Convergence convergence;
    private final TargetTracking tracking;
    private final Map<Group, Map<String, ObjectNode>> policies = new HashMap<>();

    PolicyOperations(Ground ground, Lookup lookup, Convergence convergence) {
        this.ground = ground;
        this.lookup = lookup;
        this.convergence = convergence;
        this.tracking = new TargetTracking(ground, this::scale);
    }

    void addTo(Map<String, Operation> operations) {
        operations.put("PutScalingPolicy", this::put);
        operations.put("DeletePolicy", this::delete);
        operations.put("DescribePolicies", this::describe);
        operations.put("ExecutePolicy", this::execute);
    }

    private Map<String, ObjectNode> of(Group group) {
        return policies.computeIfAbsent(group, key -> new TreeMap<>());
    }

    private ObjectNode put(ServiceCall call) {
        Group group = lookup.group(call);
        String name = Fields.required(call.input(), "PolicyName");
        ObjectNode policy = call.input().deepCopy();
        String type = Fields.text(policy, "PolicyType").orElse(SIMPLE);
        policy.put("PolicyType", type);
        boolean scales = type.equals(SIMPLE) || type.equals(STEP);
        if (scales && !policy.has("AdjustmentType")) {
            throw Fields.invalid("AdjustmentType must be specified for " + type + " policies");
        }
        if (type.equals(TRACKING)
                && !(policy.path("TargetTrackingConfiguration")
                                .path("TargetValue")
                                .asDouble()
                        > 0)) {
            throw Fields.invalid("TargetTrackingConfiguration with a TargetValue above 0 must be specified for " + type
                    + " policies");
        }
        if (!policy.has("Enabled")) {
            policy.put("Enabled", true);
        }
        ObjectNode known = of(group).get(name);
        String arn = known != null
                ? known.path("PolicyARN").asText()
                : group.at()
                        .arn(
                                "autoscaling",
                                "scalingPolicy:" + ground.world().ids().uuid() + ":autoScalingGroupName/" + group.name()
                                        + ":policyName/" + name);
        policy.put("PolicyARN", arn);
        policy.putArray("Alarms");
        of(group).put(name, policy);
        tracking.follow(group, () -> of(group).values());
        ground.world().events().append(group.at(), group.name(), "scaling policy " + name + " put");
        ObjectNode answer = Fields.object().put("PolicyARN", arn);
        answer.putArray("Alarms");
        return answer;
    }

    private ObjectNode delete(ServiceCall call) {
        Found found = find(call);
        of(found.group()).remove(found.policy().path("PolicyName").asText());
        ground.world()
                .events()
                .append(
                        found.group().at(),
                        found.group().name(),
                        "scaling policy " + found.policy().path("PolicyName").asText() + " deleted");
        return Fields.object();
    }

    /** By ARN, or by name within the group that the call names. */
    private Found find(ServiceCall call) {
        String wanted = Fields.required(call.input(), "PolicyName");
        Optional<String> groupName = Fields.text(call.input(), "AutoScalingGroupName");
        List<Group> groups = groupName.isPresent()
                ? List.of(lookup.group(call))
                : ground.groups().in(call.caller().at());
        for (Group group : groups) {
            for (ObjectNode policy : of(group).values()) {
                boolean named = groupName.isPresent()
                        && policy.path("PolicyName").asText().equals(wanted);
                if (named || policy.path("PolicyARN").asText().equals(wanted)) {
                    return new Found(group, policy);
                }
            }
        }
        throw Fields.invalid("PolicyName not found: " + wanted);
    }

    private ObjectNode describe(ServiceCall call) {
        List<Group> groups = call.input().has("AutoScalingGroupName")
                ? List.of(lookup.group(call))
                : ground.groups().in(call.caller().at());
        List<String> names = Fields.list(call.input(), "PolicyNames");
        List<String> types = Fields.list(call.input(), "PolicyTypes");
        List<ObjectNode> found = new ArrayList<>();
        for (Group group : groups) {
            for (ObjectNode policy : of(group).values()) {
                boolean named = names.isEmpty()
                        || names.contains(policy.path("PolicyName").asText())
                        || names.contains(policy.path("PolicyARN").asText());
                if (named
                        && (types.isEmpty()
                                || types.contains(policy.path("PolicyType").asText()))) {
                    found.add(policy);
                }
            }
        }
        found.sort((one, other) -> key(one).compareTo(key(other)));
        Pages.Page<ObjectNode> page = Lookup.page(call, found, PolicyOperations::key, PAGE, LONGEST_PAGE);
        ObjectNode answer = Fields.object();
        ArrayNode rows = answer.putArray("ScalingPolicies");
        page.items().forEach(rows::add);
        page.next().ifPresent(next -> answer.put("NextToken", next));
        return answer;
    }

    private static String key(ObjectNode policy) {
        return policy.path("AutoScalingGroupName").asText()
                + '\n'
                + policy.path("PolicyName").asText();
    }

    private ObjectNode execute(ServiceCall call) {
        Found found = find(call);
        Group group = found.group();
        ObjectNode policy = found.policy();
        String type = policy.path("PolicyType").asText();
        Optional<Integer> adjustment =
                switch (type) {
                    case SIMPLE -> Fields.number(policy, "ScalingAdjustment");
                    case STEP -> Adjustment.step(policy, distance(call.input()));
                    default -> throw Fields.invalid("ExecutePolicy is not supported for policies of type " + type);
                };
        boolean honors = Fields.flag(call.input(), "HonorCooldown").orElse(false);
        if (honors && type.equals(SIMPLE) && ground.now().isBefore(group.pace().cooldownUntil())) {
            throw AwsError.client(
                    "ScalingActivityInProgress",
                    "Scaling activity is in progress or in cooldown and blocks this action.");
        }
        String name = policy.path("PolicyName").asText();
        adjustment.ifPresent(by -> {
            int desired = Adjustment.apply(policy, by, group.desired(), group.min(), group.max());
            scale(group, name, desired, Causes.policy(ground.now(), name, group.desired(), desired));
        });
        return Fields.object();
    }

    private static double distance(ObjectNode input) {
        if (!input.has("MetricValue") || !input.has("BreachThreshold")) {
            throw Fields.invalid("MetricValue and BreachThreshold are required for policies of type StepScaling");
        }
        return input.path("MetricValue").asDouble()
                - input.path("BreachThreshold").asDouble();
    }

    private void scale(Group group, String policy, int desired, String cause) {
        if (desired != group.desired()) {
            group.pace().desiredChanged(cause);
            ground.world()
                    .events()
                    .append(
                            group.at(),
                            group.name(),
                            "desired capacity " + group.desired() + " -> " + desired + " by policy " + policy);
            group.resize(group.min(), desired, group.max());
            convergence.changed(group);
        }
    }

    private record Found(Group group, ObjectNode policy) {}
}
