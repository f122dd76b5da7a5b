package io.jenkins.plugins.amirefresh.step.smoketest;

import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.journal.GroupResult;
import io.jenkins.plugins.amirefresh.journal.JournalEvent;
import io.jenkins.plugins.amirefresh.journal.JournalFact;
import io.jenkins.plugins.amirefresh.journal.RefreshRecord;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.Place;
import io.jenkins.plugins.amirefresh.model.VersionReference;
import io.jenkins.plugins.amirefresh.refresh.RefreshPlan;
import io.jenkins.plugins.amirefresh.refresh.RefreshPolicy;
import io.jenkins.plugins.amirefresh.refresh.RefreshStrategy;
import io.jenkins.plugins.amirefresh.report.RunReports;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.fleet.BadAmis;
import io.jenkins.plugins.amirefresh.step.fleet.GroupLabels;
import io.jenkins.plugins.amirefresh.step.fleet.GroupWork;
import io.jenkins.plugins.amirefresh.step.fleet.LocatedGroup;
import io.jenkins.plugins.amirefresh.step.fleet.RecordTag;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a group that failed goes back to, and the AMI it failed with. */
final class Rollbacks {

    private static final RefreshPolicy POLICY = RefreshPolicy.DEFAULT.forRollback();

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
        return host.journal().events().stream()
                .map(JournalEvent::fact)
                .filter(fact -> fact instanceof JournalFact.RefreshStarted)
                .map(fact -> ((JournalFact.RefreshStarted) fact).record())
                .filter(record -> record.group().equals(group.key()))
                .reduce((first, second) -> second)
                .or(() -> RecordTag.of(group));
    }

    /** Marks the AMI that the group failed with. */
    void markBad(LocatedGroup where, String name, TestWork work, RefreshRecord record) {
        new BadAmis(host, places, step).mark(where.place(), name, record, work.family(), work.reason());
    }

    /** The work that brings the group back, for the engine. */
    GroupWork work(LocatedGroup where, TestWork work, RefreshRecord record, Instant now) {
        Optional<GroupResult> row = Optional.ofNullable(
                RunReports.lastResults(host.journal().events()).get(work.group()));
        RefreshStrategy strategy = row.flatMap(result -> RefreshStrategy.parse(result.strategy()))
                .orElse(RefreshStrategy.INSTANCE_REFRESH);
        boolean fixedNetworkInterface = cloud(where.place())
                .launchTemplates()
                .version(record.template(), VersionReference.of(record.from()))
                .filter(data -> !data.networkInterfaceIds().isEmpty())
                .isPresent();
        RefreshPlan plan = RefreshPlan.of(
                host.run().id(),
                where.group(),
                strategy,
                record.template(),
                record.from(),
                fixedNetworkInterface,
                POLICY);
        GroupLabels labels = new GroupLabels(
                work.environment(),
                work.family(),
                row.map(GroupResult::windowStart).orElse(null));
        return GroupWork.rollback(where, labels, record, plan, "smoke test failed: " + work.reason(), now);
    }

    private Cloud cloud(Place place) {
        return host.cloud(place.access(), place.region());
    }

    /** Writes a fact about a group; the key makes repeating it safe. */
    void append(String key, JournalFact fact) {
        host.journal()
                .append(new JournalEvent(
                        host.run().stepId() + ":" + key, host.clock().instant(), step, fact));
    }
}
