package io.jenkins.plugins.amirefresh.step.fleet;

import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.journal.GroupResult;
import io.jenkins.plugins.amirefresh.refresh.ScaleIn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The rows of groups that were worked on. */
final class Rows {

    private Rows() {}

    /** What came of the work, with what others moved meanwhile and what was known before its first change. */
    static GroupResult of(GroupWork work, GroupOutcome outcome, String reason, Instant now) {
        int floor = work.state().floor(work.plan());
        List<String> parts = new ArrayList<>(List.of(reason));
        if (work.changed()) {
            parts.add(ScaleIn.told(work.state(), floor));
            parts.add(work.state().movedByOthers(reason));
            parts.add(reason.contains(work.remark()) ? "" : work.remark());
        }
        parts.removeIf(String::isEmpty);
        return new GroupResult(
                work.group(),
                work.environment(),
                work.family(),
                (work.forward() == null ? work.plan().strategy() : work.forward()).text(),
                outcome,
                String.join("; ", parts),
                work.record().from().number(),
                work.record().to().number(),
                work.windowStart(),
                work.startedAt(),
                now,
                floor);
    }
}
