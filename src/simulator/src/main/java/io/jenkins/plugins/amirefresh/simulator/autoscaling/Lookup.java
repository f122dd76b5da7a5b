package io.jenkins.plugins.amirefresh.simulator.autoscaling;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Fields;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Group;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Groups;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Member;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import io.jenkins.plugins.amirefresh.simulator.kernel.Pages;
import io.jenkins.plugins.amirefresh.simulator.kernel.ServiceCall;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Finds what calls name, or refuses as AWS does. */
final class Lookup {

    private final Groups groups;

    Lookup(Groups groups) {
        this.groups = groups;
    }

    /** The group of the call's {@code AutoScalingGroupName}. */
    Group group(ServiceCall call) {
        return group(call, Fields.required(call.input(), "AutoScalingGroupName"));
    }

    Group group(ServiceCall call, String name) {
        return groups.find(call.caller().at(), name)
                .orElseThrow(() ->
                        Fields.invalid("AutoScalingGroup name not found - AutoScalingGroup " + name + " not found"));
    }

    /** The group an instance is in. */
    Group groupOfInstance(ServiceCall call, String instanceId) {
        return groups.ofInstance(call.caller().at(), instanceId)
                .orElseThrow(() -> Fields.invalid(
                        "Instance Id not found - No managed instance found for instance ID: " + instanceId));
    }

    static Member member(Group group, String instanceId) {
        return group.anyMember(instanceId)
                .orElseThrow(() -> Fields.invalid(
                        "The instance " + instanceId + " is not part of Auto Scaling group " + group.name() + "."));
    }

    /** Instances that a call names, at most {@code limit}. */
    static List<Member> members(Group group, ServiceCall call, int limit) {
        List<String> ids = Fields.list(call.input(), "InstanceIds");
        if (ids.size() > limit) {
            throw Fields.invalid("Value '" + ids + "' at 'instanceIds' failed to satisfy constraint: Member must have"
                    + " length less than or equal to " + limit);
        }
        return ids.stream().map(id -> member(group, id)).toList();
    }

    /** One page of a sorted list. */
    static <T> Pages.Page<T> page(
            ServiceCall call, List<T> items, Function<? super T, String> key, int otherwise, int longest) {
        Optional<Integer> asked = Fields.number(call.input(), "MaxRecords");
        if (asked.filter(limit -> limit < 1 || limit > longest).isPresent()) {
            throw Fields.invalid("1 validation error detected: Value '" + asked.get()
                    + "' at 'maxRecords' failed to satisfy constraint: Member must have value less than or equal to "
                    + longest);
        }
        ObjectNode scope = call.input().deepCopy();
        scope.remove(List.of("NextToken", "MaxRecords"));
        return Pages.page(
                call.operation() + scope,
                items,
                key,
                Fields.text(call.input(), "NextToken"),
                asked.orElse(otherwise),
                () -> AwsError.client(
                        "InvalidNextToken",
                        "The token '" + Fields.text(call.input(), "NextToken").orElse("") + "' is invalid."));
    }
}
