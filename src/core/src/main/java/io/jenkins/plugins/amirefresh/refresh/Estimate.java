package io.jenkins.plugins.amirefresh.refresh;

import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.InstanceObservation;
import java.time.Duration;

/**
 * How long the refresh of a group should take.
 *
 * @param batches how often instances are replaced, one after the other; 0 when nothing is to be replaced
 * @param batch how long one takes
 * @param watched how long it only watches, as it was told
 * @param basis where the numbers come from, for people
 */
public record Estimate(int batches, Duration batch, Duration watched, String basis) {

    /** From running to in service, where nobody measured it: most images boot in less, AWS takes its time besides. */
    private static final Duration BOOT = Duration.ofMinutes(3);

    /** By the plan alone: each batch boots, warms up and drains. */
    public static Estimate of(RefreshPlan plan, GroupObservation group, int outdated) {
        Duration warmup = plan.proof().orElse(plan.warmup());
        Duration drain = plan.allowance().drainTime();
        return new Estimate(
                batches(plan, group, outdated),
                BOOT.plus(warmup).plus(drain),
                outdated == 0 ? Duration.ZERO : plan.watched(),
                "the plan: each batch " + Trouble.text(BOOT) + " to boot, " + Trouble.text(warmup) + " to warm up, "
                        + Trouble.text(drain) + " to drain");
    }

    /** AWS replaces as many at a time as may be missing. */
    private static int batches(RefreshPlan plan, GroupObservation group, int outdated) {
        if (outdated == 0) {
            return 0;
        }
        boolean isSizedByAws = plan.strategy() == RefreshStrategy.INSTANCE_REFRESH;
        int units = Math.max(
                1,
                InstanceObservation.units(group.instances())
                        / Math.max(1, group.instances().size()));
        int size = isSizedByAws ? (group.capacity().desired() - plan.floor()) / units : plan.batch();
        int each = !isSizedByAws && size == 0 ? outdated : Math.max(1, size);
        return (outdated + each - 1) / each;
    }

    /** The same where an earlier run took so long for a batch. */
    public Estimate measured(Duration each, String newBasis) {
        return new Estimate(batches, each, Duration.ZERO, newBasis);
    }

    /** From the first change to the last. */
    public Duration whole() {
        return batch.multipliedBy(batches).plus(watched);
    }

    /** For people. */
    public String text() {
        return Trouble.text(whole()) + " (" + batches + (batches == 1 ? " batch" : " batches") + "; " + basis + ")";
    }
}
