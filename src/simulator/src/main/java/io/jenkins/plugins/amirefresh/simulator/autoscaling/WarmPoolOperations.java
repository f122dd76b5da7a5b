package io.jenkins.plugins.amirefresh.simulator.autoscaling;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Causes;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Fields;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Group;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Member;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.WarmPool;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.scaling.Convergence;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.scaling.Ground;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import io.jenkins.plugins.amirefresh.simulator.kernel.Operation;
import io.jenkins.plugins.amirefresh.simulator.kernel.Pages;
import io.jenkins.plugins.amirefresh.simulator.kernel.ServiceCall;
import java.util.List;
import java.util.Map;

/** Gives groups warm pools and takes them away. Source: EC2 Auto Scaling API Reference, "PutWarmPool". */
final class WarmPoolOperations {

    private static final int PAGE = 50;

    private final Ground ground;
    private final Lookup lookup;
    private final Convergence convergence;

    WarmPoolOperations(Ground ground, Lookup lookup, Convergence convergence) {
        this.ground = ground;
        this.lookup = lookup;
        this.convergence = convergence;
    }

    void addTo(Map<String, Operation> operations) {
        operations.put("PutWarmPool", this::put);
        operations.put("DescribeWarmPool", this::describe);
        operations.put("DeleteWarmPool", this::delete);
    }

    /** Members that are not given keep their value; -1 takes MaxGroupPreparedCapacity away. */
    private ObjectNode put(ServiceCall call) {
        Group group = lookup.group(call);
        if (group.warmPool().filter(WarmPool::isDeleting).isPresent()) {
            throw Fields.invalid("The warm pool of " + group.name() + " is being deleted.");
        }
        WarmPool pool = group.warmPool().orElseGet(() -> new WarmPool(defaults()));
        for (String member : List.of("MinSize", "PoolState", "InstanceReusePolicy", "MaxGroupPreparedCapacity")) {
            if (call.input().has(member)) {
                pool.settings().set(member, call.input().get(member).deepCopy());
            }
        }
        if (pool.settings().path("MaxGroupPreparedCapacity").asInt(-1) == -1) {
            pool.settings().remove("MaxGroupPreparedCapacity");
        }
        group.setWarmPool(pool);
        ground.world().events().append(group.at(), group.name(), "warm pool put: " + pool.settings());
        convergence.changed(group);
        return Fields.object();
    }

    private static ObjectNode defaults() {
        return Fields.object().put("MinSize", 0).put("PoolState", "Stopped");
    }

    private ObjectNode describe(ServiceCall call) {
        Group group = lookup.group(call);
        ObjectNode answer = Fields.object();
        ArrayNode rows = answer.putArray("Instances");
        group.warmPool().ifPresent(pool -> {
            List<Member> sorted = pool.members().stream()
                    .sorted((a, b) -> a.id().compareTo(b.id()))
                    .toList();
            Pages.Page<Member> page = Lookup.page(call, sorted, Member::id, PAGE, PAGE);
            answer.set("WarmPoolConfiguration", Views.warmPool(pool));
            page.items().forEach(member -> rows.add(Views.instance(member)));
            page.next().ifPresent(next -> answer.put("NextToken", next));
        });
        return answer;
    }

    private ObjectNode delete(ServiceCall call) {
        Group group = lookup.group(call);
        WarmPool pool = group.warmPool()
                .orElseThrow(() -> Fields.invalid("No warm pool found for Auto Scaling group " + group.name() + "."));
        boolean force = Fields.flag(call.input(), "ForceDelete").orElse(false);
        boolean moving =
                pool.members().stream().anyMatch(member -> !member.state().isWarm());
        if (!force && moving) {
            throw AwsError.client(
                    "ScalingActivityInProgress",
                    "You cannot delete a warm pool while there are scaling activities in progress for it.");
        }
        pool.startDeleting();
        ground.world().events().append(group.at(), group.name(), "warm pool deletion began");
        pool.membersNow().forEach(member -> convergence
                .lifecycle()
                .terminate(group, member, Causes.takenOut(ground.now(), "a user request deleting the warm pool")));
        convergence.changed(group);
        return Fields.object();
    }
}
