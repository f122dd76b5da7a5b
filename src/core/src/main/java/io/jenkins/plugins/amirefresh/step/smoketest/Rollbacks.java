package io.jenkins.plugins.amirefresh.step.smoketest;

import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.journal.GroupResult;
import io.jenkins.plugins.amirefresh.journal.JournalEvent;
import io.jenkins.plugins.amirefresh.journal.JournalFact;
import io.jenkins.plugins.amirefresh.journal.RefreshRecord;
import io.jenkins.plugins.amirefresh.model.Ami;
import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.ImageFamily;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersionData;
import io.jenkins.plugins.amirefresh.model.Place;
import io.jenkins.plugins.amirefresh.model.ScaleInProtectedInstances;
import io.jenkins.plugins.amirefresh.model.StandbyInstances;
import io.jenkins.plugins.amirefresh.model.VersionReference;
import io.jenkins.plugins.amirefresh.refresh.RefreshPlan;
import io.jenkins.plugins.amirefresh.refresh.RefreshPolicy;
import io.jenkins.plugins.amirefresh.refresh.RefreshStrategy;
import io.jenkins.plugins.amirefresh.report.RunReports;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.fleet.GroupLabels;
import io.jenkins.plugins.amirefresh.step.fleet.GroupWork;
import io.jenkins.plugins.amirefresh.step.fleet.LocatedGroup;
import io.jenkins.plugins.amirefresh.step.fleet.RecordTag;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a group that failed goes back to, and the AMI it failed with. */
final class Rollbacks {

    /** An AMI with this tag is never used again. */
    static final String BAD = "ami-refresh:bad";

    private static final int LONGEST_TAG = 256;

    // The new instances do not work, so neither their protection nor standby keeps them.
    private static final RefreshPolicy POLICY = RefreshPolicy.DEFAULT
            .withUntouchable(ScaleInProtectedInstances.REFRESH, StandbyInstances.TERMINATE)
            .forRollback();

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

    /**
     * Marks the AMI that the group failed with, for every later run, where the group is and where its owner is. Repeating it
     * is safe. Returns the AMI that was marked.
     */
    Optional<AmiId> markBad(LocatedGroup where, TestWork work, RefreshRecord record) {
        Cloud cloud = cloud(where.place());
        Optional<AmiId> ami = ami(cloud, record);
        if (ami.isEmpty()) {
            return ami;
        }
        String reason = tagText(work.group().name() + ": " + work.reason());
        Map<String, String> tag = Map.of(BAD, reason);
        cloud.amis().putTags(ami.get(), tag);
        for (Ami image : cloud.amis().describe(List.of(ami.get()))) {
            owner(image, where.place()).ifPresent(owner -> owner.amis().putTags(image.id(), tag));
        }
        append(work.group() + ":bad", new JournalFact.AmiMarkedBad(ami.get(), family(work), work.group(), reason));
        return ami;
    }

    private static ImageFamily family(TestWork work) {
        return new ImageFamily(work.family().isEmpty() ? "unknown" : work.family());
    }

    // Tags on a shared image are seen by the account alone that made them. Source: Amazon EC2 User Guide, "Tag your
    // resources".
    private Optional<Cloud> owner(Ami image, Place groupsPlace) {
        return places.stream()
                .filter(place -> place.region().equals(groupsPlace.region()) && !place.equals(groupsPlace))
                .map(this::cloud)
                .filter(cloud -> cloud.account().value().equals(image.ownerId()))
                .findFirst();
    }

    private static Optional<AmiId> ami(Cloud cloud, RefreshRecord record) {
        return cloud.launchTemplates()
                .version(record.template(), VersionReference.of(record.to()))
                .map(LaunchTemplateVersionData::imageId)
                .filter(id -> id.startsWith("ami-"))
                .map(AmiId::new);
    }

    // Tag values take letters, digits, spaces and _.:/=+-@ only. Source: Amazon EC2 User Guide, "Tag your resources".
    private static String tagText(String reason) {
        String text = reason.replaceAll("[^\\p{L}\\p{N} _.:/=+@-]", " ")
                .replaceAll(" +", " ")
                .trim();
        return text.length() <= LONGEST_TAG ? text : text.substring(0, LONGEST_TAG);
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
