package io.jenkins.plugins.amirefresh.simulator.autoscaling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Activity;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Fields;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Group;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Member;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.ScalingProcess;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.scaling.Ground;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.scaling.TerminationPolicies;
import io.jenkins.plugins.amirefresh.simulator.kernel.AccountRegion;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import io.jenkins.plugins.amirefresh.simulator.kernel.Operation;
import io.jenkins.plugins.amirefresh.simulator.kernel.Pages;
import io.jenkins.plugins.amirefresh.simulator.kernel.ServiceCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Describes groups, instances, activities and limits. Source: EC2 Auto Scaling API Reference. */
final class DescribeOperations {

    private static final int PAGE = 50;
    private static final int LONGEST_PAGE = 100;

    private final Ground ground;
    private final Lookup lookup;

    DescribeOperations(Ground ground, Lookup lookup) {
        this.ground = ground;
        this.lookup = lookup;
    }

    void addTo(Map<String, Operation> operations) {
        operations.put("DescribeAutoScalingGroups", this::groups);
        operations.put("DescribeAutoScalingInstances", this::instances);
        operations.put("DescribeScalingActivities", this::activities);
        operations.put("DescribeAccountLimits", this::limits);
        operations.put("DescribeTerminationPolicyTypes", call -> Fields.object()
                .set("TerminationPolicyTypes", Fields.texts(TerminationPolicies.NAMES)));
        operations.put("DescribeScalingProcessTypes", this::processTypes);
        operations.put("DescribeAdjustmentTypes", this::adjustmentTypes);
    }

    private ObjectNode groups(ServiceCall call) {
        List<String> names = Fields.list(call.input(), "AutoScalingGroupNames");
        int limit = Fields.number(call.input(), "MaxRecords").orElse(PAGE);
        if (names.size() > Math.min(limit < PAGE ? PAGE : limit, LONGEST_PAGE)) {
            throw Fields.invalid("The number of group names that may be passed in is limited to "
                    + Math.min(limit < PAGE ? PAGE : limit, LONGEST_PAGE));
        }
        AccountRegion at = call.caller().at();
        List<Group> found = names.isEmpty() ? ground.groups().in(at) : named(at, names);
        JsonNode filters = call.input().path("Filters");
        if (!filters.isEmpty()) {
            found = found.stream().filter(group -> passes(group, filters)).toList();
        }
        Pages.Page<Group> page = Lookup.page(call, found, Group::name, PAGE, LONGEST_PAGE);
        boolean withInstances = Fields.flag(call.input(), "IncludeInstances").orElse(true);
        ObjectNode answer = Fields.object();
        ArrayNode rows = answer.putArray("AutoScalingGroups");
        page.items().forEach(group -> rows.add(Views.group(group, withInstances)));
        page.next().ifPresent(next -> answer.put("NextToken", next));
        return answer;
    }

    private List<Group> named(AccountRegion at, List<String> names) {
        return new TreeSet<>(names)
                .stream()
                        .map(name -> ground.groups().find(at, name))
                        .flatMap(Optional::stream)
                        .toList();
    }

    /** All filters must hold, one value of each is enough. */
    private static boolean passes(Group group, JsonNode filters) {
        for (JsonNode filter : filters) {
            Set<String> values = Set.copyOf(Fields.list(filter, "Values"));
            if (!passes(group, filter.path("Name").asText(), values)) {
                return false;
            }
        }
        return true;
    }

    private static boolean passes(Group group, String name, Set<String> values) {
        if (name.equals("tag-key")) {
            return group.tags().keySet().stream().anyMatch(values::contains);
        }
        if (name.equals("tag-value")) {
            return group.tags().values().stream().anyMatch(tag -> values.contains(tag.value()));
        }
        if (name.startsWith("tag:")) {
            return Optional.ofNullable(group.tags().get(name.substring("tag:".length())))
                    .filter(tag -> values.contains(tag.value()))
                    .isPresent();
        }
        throw Fields.invalid("The filter '" + name + "' is invalid");
    }

    private ObjectNode instances(ServiceCall call) {
        AccountRegion at = call.caller().at();
        List<String> ids = Fields.list(call.input(), "InstanceIds");
        if (ids.size() > PAGE) {
            throw Fields.invalid("The number of instance ids that may be passed in is limited to " + PAGE);
        }
        TreeMap<String, ObjectNode> found = new TreeMap<>();
        if (ids.isEmpty()) {
            ground.groups().in(at).forEach(group -> {
                group.members().forEach(member -> add(found, group, member));
                group.warmPool().ifPresent(pool -> pool.members().forEach(member -> add(found, group, member)));
            });
        }
        for (String id : ids) {
            ground.groups().ofInstance(at, id).ifPresent(group -> group.anyMember(id)
                    .ifPresent(member -> add(found, group, member)));
        }
        Pages.Page<Map.Entry<String, ObjectNode>> page =
                Lookup.page(call, new ArrayList<>(found.entrySet()), Map.Entry::getKey, PAGE, PAGE);
        ObjectNode answer = Fields.object();
        ArrayNode rows = answer.putArray("AutoScalingInstances");
        page.items().forEach(entry -> rows.add(entry.getValue()));
        page.next().ifPresent(next -> answer.put("NextToken", next));
        return answer;
    }

    private static void add(Map<String, ObjectNode> found, Group group, Member member) {
        found.put(member.id(), Views.instanceDetails(group, member));
    }

    private ObjectNode activities(ServiceCall call) {
        List<String> ids = Fields.list(call.input(), "ActivityIds");
        Optional<String> name = Fields.text(call.input(), "AutoScalingGroupName");
        List<Group> groups = name.isPresent()
                ? List.of(lookup.group(call))
                : ground.groups().in(call.caller().at());
        List<ObjectNode> found = new ArrayList<>();
        for (Group group : groups) {
            for (Activity activity : group.activities().described(ground.now())) {
                if (ids.isEmpty() || ids.contains(activity.id())) {
                    found.add(Views.activity(group, activity));
                }
            }
        }
        int limit = Fields.number(call.input(), "MaxRecords").orElse(LONGEST_PAGE);
        if (limit < 1 || limit > LONGEST_PAGE) {
            throw Fields.invalid("MaxRecords must be between 1 and " + LONGEST_PAGE + ".");
        }
        int from = Fields.text(call.input(), "NextToken")
                .map(token -> position(found, token) + 1)
                .orElse(0);
        int to = Math.min(found.size(), from + limit);
        ObjectNode answer = Fields.object();
        ArrayNode rows = answer.putArray("Activities");
        found.subList(from, to).forEach(rows::add);
        if (to < found.size()) {
            answer.put("NextToken", found.get(to - 1).path("ActivityId").asText());
        }
        return answer;
    }

    private static int position(List<ObjectNode> found, String activityId) {
        for (int i = 0; i < found.size(); i++) {
            if (Objects.equals(found.get(i).path("ActivityId").asText(), activityId)) {
                return i;
            }
        }
        throw AwsError.client("InvalidNextToken", "The token '" + activityId + "' is invalid.");
    }

    private ObjectNode limits(ServiceCall call) {
        return Fields.object()
                .put("MaxNumberOfAutoScalingGroups", 500)
                .put("MaxNumberOfLaunchConfigurations", 200)
                .put(
                        "NumberOfAutoScalingGroups",
                        ground.groups().in(call.caller().at()).size())
                .put(
                        "NumberOfLaunchConfigurations",
                        ground.fleet()
                                .launchConfigurations()
                                .in(call.caller().at())
                                .size());
    }

    private ObjectNode processTypes(ServiceCall call) {
        ObjectNode answer = Fields.object();
        ArrayNode rows = answer.putArray("Processes");
        ScalingProcess.names().forEach(name -> rows.addObject().put("ProcessName", name));
        return answer;
    }

    private ObjectNode adjustmentTypes(ServiceCall call) {
        ObjectNode answer = Fields.object();
        ArrayNode rows = answer.putArray("AdjustmentTypes");
        for (String type : List.of("ChangeInCapacity", "ExactCapacity", "PercentChangeInCapacity")) {
            rows.addObject().put("AdjustmentType", type);
        }
        return answer;
    }
}
