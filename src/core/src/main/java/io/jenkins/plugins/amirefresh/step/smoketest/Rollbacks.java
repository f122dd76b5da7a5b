package io.jenkins.plugins.amirefresh.step.smoketest;

import io.jenkins.plugins.amirefresh.journal.GroupResult;
import io.jenkins.plugins.amirefresh.journal.JournalEvent;
import io.jenkins.plugins.amirefresh.journal.JournalFact;
import io.jenkins.plugins.amirefresh.journal.RefreshRecord;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.Place;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.fleet.BadAmis;
import io.jenkins.plugins.amirefresh.step.fleet.Fleet;
import io.jenkins.plugins.amirefresh.step.fleet.GroupLabels;
import io.jenkins.plugins.amirefresh.step.fleet.GroupWork;
import io.jenkins.plugins.amirefresh.step.fleet.LocatedGroup;
import io.jenkins.plugins.amirefresh.step.fleet.RollbackPlanner;
import java.util.List;
import java.util.Optional;

/** What a group that failed goes back to, and the AMI it failed with. */
final class Rollbacks {

    private final StepHost host;
    private final List<Place> places;
    private final String step;

    /** @param places where this step works: one of them may own the AMI */
    Rollbacks(StepHost host, List<Place> places, String step) {
        this.host = host;
        this.places = places;
        this.step = step;
    }

    /** How the group was before this run, else what its tag says of the run before; empty when neither knows. */
    Optional<RefreshRecord> record(GroupObservation group) {
        return RollbackPlanner.record(host, group);
    }

    /** Marks the AMI that the group failed with; what its row says of a mark that could not be made, empty for nothing. */
    String markBad(LocatedGroup where, String name, TestWork work, RefreshRecord record) {
        return new BadAmis(host, places, step).mark(where.place(), name, record, work.family(), work.reason());
    }

    /** Takes the mark back, since the version that the group came back to fails alike. */
    void withdraw(GroupWork back, String name, String reason) {
        new BadAmis(host, places, step).withdraw(back.place(), name, back.record(), reason);
    }

    /** The way back: work for the engine, or why there is none. */
    RollbackPlanner.Planned plan(Fleet fleet, LocatedGroup where, TestWork work, RefreshRecord record) {
        GroupLabels labels = new GroupLabels(
                work.environment(),
                work.family(),
                host.journal()
                        .history()
                        .row(work.group())
                        .map(GroupResult::windowStart)
                        .orElse(null));
        return new RollbackPlanner(host, fleet, where)
                .plan(record, labels, null, "smoke test failed: " + work.reason());
    }

    /** Writes a fact about a group; the key makes repeating it safe. */
    void append(String key, JournalFact fact) {
        host.journal()
                .append(new JournalEvent(
                        host.run().stepId() + ":" + key, host.clock().instant(), step, fact));
    }
}
