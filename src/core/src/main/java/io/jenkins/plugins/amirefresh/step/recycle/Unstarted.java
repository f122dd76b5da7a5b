package io.jenkins.plugins.amirefresh.step.recycle;

import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.journal.GroupResult;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.StepState;
import io.jenkins.plugins.amirefresh.step.fleet.FleetWork;
import io.jenkins.plugins.amirefresh.step.fleet.GroupNames;

/** Groups that end without having begun. */
final class Unstarted {

    private Unstarted() {}

    /** The state in which such a group has its row. */
    static StepState ended(
            StepState state, FleetWork work, StepHost host, Candidate candidate, GroupOutcome outcome, String reason) {
        host.log(GroupNames.in(state).of(candidate.group()) + ": " + outcome.text() + ": " + reason);
        GroupResult row = new GroupResult(
                candidate.group(),
                candidate.environment(),
                candidate.family(),
                "",
                outcome,
                reason,
                0,
                candidate.to().number(),
                null,
                null,
                host.clock().instant(),
                0);
        work.record(row, host);
        return RecycleState.with(state, row);
    }
}
