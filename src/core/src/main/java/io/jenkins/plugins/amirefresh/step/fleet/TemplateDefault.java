package io.jenkins.plugins.amirefresh.step.fleet;

import io.jenkins.plugins.amirefresh.journal.GroupHistory;
import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.journal.JournalFact;
import io.jenkins.plugins.amirefresh.journal.JournalFact.DefaultMoved;
import io.jenkins.plugins.amirefresh.journal.JournalFact.TemplateUpdated;
import io.jenkins.plugins.amirefresh.journal.RefreshRecord;
import io.jenkins.plugins.amirefresh.journal.SmokeTestVerdict;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateId;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersionData;
import io.jenkins.plugins.amirefresh.model.VersionReference;
import io.jenkins.plugins.amirefresh.step.StepHost;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The default version of a launch template that a group uses: what it is, who moved it, and who launches from it. */
final class TemplateDefault {

    private final StepHost host;
    private final Fleet fleet;
    private final GroupWork work;
    private final LaunchTemplateId template;
    private final LaunchTemplateVersion before;
    private final Optional<LaunchTemplateVersion> now;

    /** @param before what it was when the work on the group began */
    TemplateDefault(
            StepHost host, Fleet fleet, GroupWork work, LaunchTemplateId template, LaunchTemplateVersion before) {
        this.host = host;
        this.fleet = fleet;
        this.work = work;
        this.template = template;
        this.before = before;
        this.now = FleetWork.cloud(host, work)
                .launchTemplates()
                .version(template, new VersionReference.Default())
                .map(LaunchTemplateVersionData::version);
    }

    boolean is(LaunchTemplateVersion version) {
        return now.filter(version::equals).isPresent();
    }

    /** The version, for people. */
    String text() {
        return now.map(version -> "version " + version).orElse("gone");
    }

    DefaultMoved moveTo(LaunchTemplateVersion version) {
        return new DefaultMoved(work.group(), template, now.orElseThrow(), version, false);
    }

    /** Neither what this run found nor what it made it. A move of ours that AWS did not confirm may not have been made. */
    boolean isOthers() {
        Set<LaunchTemplateVersion> ours = lastKnown()
                .map(fact -> fact instanceof DefaultMoved move
                        ? move.isMade() ? Set.of(move.to()) : Set.of(move.from(), move.to())
                        : Set.of(((TemplateUpdated) fact).previousDefault()))
                .orElse(Set.of(before));
        return now.filter(ours::contains).isEmpty();
    }

    /** What this run last did, or was about to do, to the default of a template that the group uses. */
    static Optional<DefaultMoved> lastMove(StepHost host, GroupWork work, LaunchTemplateId template) {
        return host.journal().history().facts(DefaultMoved.class).stream()
                .filter(move -> isHere(move.group(), work) && move.template().equals(template))
                .reduce((earlier, later) -> later);
    }

    private Optional<JournalFact> lastKnown() {
        return host.journal().history().facts(JournalFact.class).stream()
                .filter(fact -> (fact instanceof DefaultMoved move
                                && isHere(move.group())
                                && move.template().equals(template))
                        || (fact instanceof TemplateUpdated update
                                && update.account().equals(work.group().account())
                                && update.region().equals(work.group().region())
                                && update.template().equals(template)))
                .reduce((earlier, later) -> later);
    }

    private boolean isHere(GroupKey group) {
        return isHere(group, work);
    }

    private static boolean isHere(GroupKey group, GroupWork work) {
        return group.account().equals(work.group().account())
                && group.region().equals(work.group().region());
    }

    /** What it was before this run, or an earlier one, moved it to {@code bad}; empty when nobody of us did. */
    Optional<LaunchTemplateVersion> before(LaunchTemplateVersion bad) {
        List<DefaultMoved> moves = host.journal().history().facts(DefaultMoved.class).stream()
                .filter(move -> isHere(move.group()) && move.template().equals(template))
                .toList();
        Optional<LaunchTemplateVersion> ofThisRun = moves.stream()
                .filter(move -> move.to().equals(bad) && !move.from().equals(bad))
                .map(DefaultMoved::from)
                .reduce((earlier, later) -> later);
        return ofThisRun.or(() -> recorded()
                .filter(record -> record.to().equals(bad)
                        && !record.previousDefault().equals(bad)
                        && record.reference() instanceof VersionReference.Default)
                .map(RefreshRecord::previousDefault)
                .findFirst());
    }

    /** What earlier runs noted on the groups of this template. */
    private Stream<RefreshRecord> recorded() {
        return fleet.groups().stream()
                .map(LocatedGroup::group)
                .filter(group -> isHere(group.key()))
                .flatMap(group -> RecordTag.of(group).stream())
                .filter(record -> record.template().equals(template))
                .filter(record -> !RecordTag.isOf(record, host.run().id()));
    }

    /** The other groups that name {@code $Default}. */
    List<GroupObservation> others() {
        return fleet.groups().stream()
                .map(LocatedGroup::group)
                .filter(group -> isHere(group.key()) && !group.key().equals(work.group()))
                .filter(group -> names(group, new VersionReference.Default()))
                .toList();
    }

    boolean names(GroupObservation group, VersionReference reference) {
        return group.launchSource().templates().stream()
                .anyMatch(use -> use.id().equals(template) && use.version().equals(reference));
    }

    /** A group that names {@code $Default}, runs this version, and did not fail with it. */
    Optional<GroupObservation> dependingOn(LaunchTemplateVersion version) {
        return others().stream()
                .filter(group -> group.instances().stream()
                        .anyMatch(instance -> instance.isOn(template, version)
                                && !instance.lifecycleState().isLeaving()))
                .filter(group -> !hasFailed(host.journal().history().group(group.key())))
                .findFirst();
    }

    private static boolean hasFailed(GroupHistory history) {
        boolean failedTest = history.test()
                .filter(test -> test.verdict() == SmokeTestVerdict.FAILED)
                .isPresent();
        return failedTest
                || history.done()
                        .filter(row ->
                                row.outcome() == GroupOutcome.FAILED || row.outcome() == GroupOutcome.ROLLED_BACK)
                        .isPresent();
    }

    /** The template's name, for people. */
    String name() {
        return fleet.group(work.group()).stream()
                .flatMap(located -> located.group().launchSource().templates().stream())
                .filter(use -> use.id().equals(template))
                .map(use -> use.name().value())
                .collect(Collectors.collectingAndThen(
                        Collectors.toList(), names -> names.isEmpty() ? template.value() : names.get(0)));
    }
}
