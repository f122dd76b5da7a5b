package io.jenkins.plugins.amirefresh.step.recycle;

import io.jenkins.plugins.amirefresh.journal.GroupHistory;
import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.journal.GroupResult;
import io.jenkins.plugins.amirefresh.journal.JournalFact.GroupEstimated;
import io.jenkins.plugins.amirefresh.journal.RunHistory;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.refresh.Estimate;
import io.jenkins.plugins.amirefresh.refresh.RefreshPlan;
import io.jenkins.plugins.amirefresh.step.EarlierRun;
import io.jenkins.plugins.amirefresh.step.StepHost;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How long the groups' refreshes took in earlier builds of the job, by their records; read once, when first asked for. */
final class Timings {

    /** Older ones are of other images and other sizes. */
    private static final int RUNS = 5;

    private @Nullable Map<GroupKey, Measured> known;

    private record Measured(String run, String strategy, int batches, Duration took) {}

    /** The plan's own estimate, or a better one where the group was refreshed the same way before. */
    Estimate better(StepHost host, RefreshPlan plan, Estimate estimate) {
        Map<GroupKey, Measured> measured = known == null ? read(host) : known;
        known = measured;
        Measured last = measured.get(plan.group());
        if (last == null || !last.strategy().equals(plan.strategy().text())) {
            return estimate;
        }
        return estimate.measured(
                last.took().dividedBy(last.batches()),
                "in " + last.run() + " " + last.batches() + (last.batches() == 1 ? " batch" : " batches") + " took "
                        + Overruns.text(last.took()));
    }

    private static Map<GroupKey, Measured> read(StepHost host) {
        Map<GroupKey, Measured> found = new HashMap<>();
        host.earlierRuns().stream().limit(RUNS).forEach(run -> read(run, found));
        return found;
    }

    /** A refresh that was spread over several windows took no time that anybody could go by. */
    private static void read(EarlierRun run, Map<GroupKey, Measured> found) {
        RunHistory history = run.history().get();
        Map<GroupKey, GroupEstimated> begun = new HashMap<>();
        history.facts(GroupEstimated.class).forEach(one -> begun.merge(one.group(), one, Timings::onlyOnce));
        for (GroupHistory group : history.groups()) {
            GroupEstimated start = begun.get(group.group());
            GroupResult row = group.done()
                    .filter(done -> done.outcome() == GroupOutcome.REFRESHED)
                    .orElse(null);
            if (start != null
                    && start.batches() > 0
                    && row != null
                    && row.startedAt() != null
                    && row.endedAt() != null) {
                Duration took = Duration.between(row.startedAt(), row.endedAt());
                found.putIfAbsent(group.group(), new Measured(run.id(), row.strategy(), start.batches(), took));
            }
        }
    }

    private static GroupEstimated onlyOnce(GroupEstimated one, GroupEstimated other) {
        return new GroupEstimated(one.group(), 0, 0, "", null);
    }
}
