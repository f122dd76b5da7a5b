package io.jenkins.plugins.amirefresh.step.powercycle;

import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.cloud.InstancePower;
import io.jenkins.plugins.amirefresh.cloud.InstancePower.Memory;
import io.jenkins.plugins.amirefresh.model.InstanceId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Starts and stops many instances with few calls: one that AWS refuses is found by halves, and spoils nobody else. */
final class InstanceCalls {

    /** Enough to find a few that a policy's condition on tags leaves out. */
    private static final int MOST_DENIALS = 40;

    private final InstancePower power;
    private final Map<PowerItem, CloudException> refusals = new LinkedHashMap<>();
    private int denials;

    InstanceCalls(InstancePower power) {
        this.power = power;
    }

    /** What AWS refused, and why; what is not in here was taken. */
    Map<PowerItem, CloudException> refusals() {
        return refusals;
    }

    void start(List<PowerItem> items) {
        inBatches(items, power::start);
    }

    void stop(List<PowerItem> items) {
        inBatches(items.stream().filter(item -> !item.hibernates()).toList(), ids -> power.stop(ids, Memory.LOST));
        inBatches(items.stream().filter(PowerItem::hibernates).toList(), ids -> power.stop(ids, Memory.KEPT));
    }

    void changeType(PowerItem item) {
        batch(List.of(item), ids -> power.changeType(ids.get(0), item.instanceType()));
    }

    private void inBatches(List<PowerItem> items, Consumer<List<InstanceId>> call) {
        for (int from = 0; from < items.size(); from += InstancePower.MOST_IDS) {
            batch(items.subList(from, Math.min(items.size(), from + InstancePower.MOST_IDS)), call);
        }
    }

    private void batch(List<PowerItem> items, Consumer<List<InstanceId>> call) {
        List<InstanceId> ids = new ArrayList<>();
        items.forEach(item -> ids.add(new InstanceId(item.id())));
        try {
            call.accept(ids);
        } catch (CloudException e) {
            if (items.size() == 1 || !isWorthHalving(e)) {
                items.forEach(item -> refusals.put(item, e));
            } else {
                int half = items.size() / 2;
                batch(items.subList(0, half), call);
                batch(items.subList(half, items.size()), call);
            }
        }
    }

    /** A throttled call is no better with fewer ids; one that no rights are there for is when they hang on a tag. */
    private boolean isWorthHalving(CloudException e) {
        return e instanceof CloudException.NotFound
                || e instanceof CloudException.InvalidRequest
                || isOutOfCapacity(e)
                || (e instanceof CloudException.AccessDenied && ++denials <= MOST_DENIALS);
    }

    /** EC2 has no room for it: an answer, although it comes as a fault of AWS. */
    static boolean isOutOfCapacity(CloudException e) {
        return e.awsErrorCode().startsWith("Insufficient") && e.awsErrorCode().endsWith("Capacity");
    }
}
