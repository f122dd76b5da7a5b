package io.jenkins.plugins.amirefresh.simulator.autoscaling;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Fields;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Group;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.HookWait;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.LifecycleHook;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Member;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.scaling.Convergence;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.scaling.Ground;
import io.jenkins.plugins.amirefresh.simulator.kernel.Operation;
import io.jenkins.plugins.amirefresh.simulator.kernel.ServiceCall;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lifecycle hooks and actions. Source: EC2 Auto Scaling API Reference. */
final class HookOperations {

    private static final int SHORTEST = 30;
    private static final int LONGEST = 7200;

    private final Ground ground;
    private final Lookup lookup;
    private final Convergence convergence;

    HookOperations(Ground ground, Lookup lookup, Convergence convergence) {
        this.ground = ground;
        this.lookup = lookup;
        this.convergence = convergence;
    }

    void addTo(Map<String, Operation> operations) {
        operations.put("PutLifecycleHook", this::put);
        operations.put("DeleteLifecycleHook", this::delete);
        operations.put("DescribeLifecycleHooks", this::describe);
        operations.put("DescribeLifecycleHookTypes", call -> Fields.object()
                .set("LifecycleHookTypes", Fields.texts(List.of(LifecycleHook.LAUNCHING, LifecycleHook.TERMINATING))));
        operations.put("CompleteLifecycleAction", this::complete);
        operations.put("RecordLifecycleActionHeartbeat", this::heartbeat);
    }

    private ObjectNode put(ServiceCall call) {
        Group group = lookup.group(call);
        String name = Fields.required(call.input(), "LifecycleHookName");
        LifecycleHook known = group.hooks().get(name);
        ObjectNode merged = known == null ? Fields.object() : known.request().deepCopy();
        merged.setAll(call.input());
        merged.remove(List.of("LifecycleHookName", "AutoScalingGroupName"));
        LifecycleHook hook = new LifecycleHook(name, merged);
        if (!List.of(LifecycleHook.LAUNCHING, LifecycleHook.TERMINATING).contains(hook.transition())) {
            throw Fields.invalid("Lifecycle Hook Transition must be one of autoscaling:EC2_INSTANCE_LAUNCHING,"
                    + " autoscaling:EC2_INSTANCE_TERMINATING");
        }
        long seconds = hook.heartbeatTimeout().toSeconds();
        if (seconds < SHORTEST || seconds > LONGEST) {
            throw Fields.invalid("Heartbeat timeout must be between %d and %d seconds".formatted(SHORTEST, LONGEST));
        }
        if (!List.of("CONTINUE", "ABANDON").contains(hook.defaultResult())) {
            throw Fields.invalid("Lifecycle Hook Default Result must be one of CONTINUE, ABANDON");
        }
        group.hooks().put(name, hook);
        ground.world().events().append(group.at(), group.name(), "lifecycle hook " + name + " put");
        return Fields.object();
    }

    /** Outstanding actions are completed first: ABANDON for launching, CONTINUE for terminating instances. */
    private ObjectNode delete(ServiceCall call) {
        Group group = lookup.group(call);
        String name = Fields.required(call.input(), "LifecycleHookName");
        LifecycleHook hook = hook(group, name);
        group.hooks().remove(name);
        String result = hook.transition().equals(LifecycleHook.LAUNCHING) ? "ABANDON" : "CONTINUE";
        for (Member member : group.allMembers()) {
            Optional.ofNullable(member.waits().get(name))
                    .ifPresent(wait -> convergence.lifecycle().hooks().complete(group, member, wait, result));
        }
        ground.world().events().append(group.at(), group.name(), "lifecycle hook " + name + " deleted");
        return Fields.object();
    }

    private static LifecycleHook hook(Group group, String name) {
        return Optional.ofNullable(group.hooks().get(name))
                .orElseThrow(() -> Fields.invalid("No lifecycle hook found with name: " + name));
    }

    private ObjectNode describe(ServiceCall call) {
        Group group = lookup.group(call);
        List<String> names = Fields.list(call.input(), "LifecycleHookNames");
        ObjectNode answer = Fields.object();
        ArrayNode rows = answer.putArray("LifecycleHooks");
        for (LifecycleHook hook : group.hooks().values()) {
            if (names.isEmpty() || names.contains(hook.name())) {
                ObjectNode row = hook.request().deepCopy();
                row.put("LifecycleHookName", hook.name()).put("AutoScalingGroupName", group.name());
                row.put("HeartbeatTimeout", hook.heartbeatTimeout().toSeconds());
                row.put("GlobalTimeout", hook.globalTimeout().toSeconds());
                row.put("DefaultResult", hook.defaultResult());
                rows.add(row);
            }
        }
        return answer;
    }

    private ObjectNode complete(ServiceCall call) {
        Group group = lookup.group(call);
        String result = Fields.required(call.input(), "LifecycleActionResult");
        if (!result.equals("CONTINUE") && !result.equals("ABANDON")) {
            throw Fields.invalid("Lifecycle Action Result must be one of CONTINUE, ABANDON");
        }
        Waiting waiting = waiting(group, call);
        convergence.lifecycle().hooks().complete(group, waiting.member(), waiting.action(), result);
        convergence.changed(group);
        return Fields.object();
    }

    private ObjectNode heartbeat(ServiceCall call) {
        Group group = lookup.group(call);
        Waiting waiting = waiting(group, call);
        convergence.lifecycle().hooks().heartbeat(group, waiting.member(), waiting.action());
        return Fields.object();
    }

    /** By token or by instance id. */
    private static Waiting waiting(Group group, ServiceCall call) {
        String name = Fields.required(call.input(), "LifecycleHookName");
        Optional<String> token = Fields.text(call.input(), "LifecycleActionToken");
        Optional<String> id = Fields.text(call.input(), "InstanceId");
        for (Member member : group.allMembers()) {
            HookWait wait = member.waits().get(name);
            if (wait != null
                    && token.filter(given -> !given.equals(wait.token())).isEmpty()
                    && id.filter(given -> !given.equals(member.id())).isEmpty()
                    && (token.isPresent() || id.isPresent())) {
                return new Waiting(member, wait);
            }
        }
        throw Fields.invalid("No active Lifecycle Action found with " + (token.isPresent() ? "token " : "instance ID ")
                + token.or(() -> id).orElse("(none)"));
    }

    private record Waiting(Member member, HookWait action) {}
}
