package io.jenkins.plugins.amirefresh.step.recycle;

import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.journal.CheckResult;
import io.jenkins.plugins.amirefresh.journal.GroupResult;
import io.jenkins.plugins.amirefresh.journal.JournalEvent;
import io.jenkins.plugins.amirefresh.journal.JournalFact;
import io.jenkins.plugins.amirefresh.journal.Json;
import io.jenkins.plugins.amirefresh.journal.RefreshRecord;
import io.jenkins.plugins.amirefresh.journal.SmokeTestVerdict;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.LaunchSource;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.model.VersionReference;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.StepState;
import io.jenkins.plugins.amirefresh.step.fleet.Fleet;
import io.jenkins.plugins.amirefresh.step.fleet.FleetWork;
import io.jenkins.plugins.amirefresh.step.fleet.GroupNames;
import io.jenkins.plugins.amirefresh.step.fleet.GroupWork;
import io.jenkins.plugins.amirefresh.step.fleet.LocatedGroup;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Looks at each group when its wave has soaked: a soak proves nothing of a group that others put back or deleted meanwhile. */
final class Soaks {

    private static final String PREFIX = "soaked:";

    private Soaks() {}

    /**
     * What was seen then.
     *
     * @param problem why it proves nothing; empty when the group runs what it was brought to
     * @param isGone the group was deleted
     * @param isBack every instance is of the version that it came from
     */
    private record Seen(String problem, boolean isGone, boolean isBack) {}

    /** The state in which every group whose soak is over was looked at; one whose place cannot be read just now is later. */
    static StepState look(StepState state, RecycleSettings settings, StepHost host) {
        Instant now = host.clock().instant();
        List<GroupWork> due = FleetWork.works(state).stream()
                .filter(work -> Turns.isSoakOver(settings, state, work, now))
                .filter(work -> state.document(PREFIX + work.group()).isEmpty())
                .toList();
        if (due.isEmpty()) {
            return state;
        }
        Fleet fleet =
                Fleet.readWhatAnswers(host, due.stream().map(GroupWork::place).toList());
        StepState looked = state;
        for (GroupWork work : due) {
            Optional<Seen> found = seen(fleet, work);
            Optional<Seen> seen = settings.smokeTest() == null
                    ? found.flatMap(one -> one.problem().isEmpty() ? serving(host, fleet, work) : found)
                    : found;
            seen.filter(one -> !one.problem().isEmpty() && !one.isGone())
                    .ifPresent(one -> tell(state, host, work, one));
            if (seen.isPresent()) {
                looked = looked.with(PREFIX + work.group(), Json.write(seen.get()));
            }
        }
        return looked;
    }

    private static Optional<Seen> seen(Fleet fleet, GroupWork work) {
        var problem = fleet.problem(work.place());
        if (problem.isPresent()) {
            return problem.get().isTransient()
                    ? Optional.empty()
                    : Optional.of(new Seen(String.valueOf(problem.get().getMessage()), false, false));
        }
        Optional<GroupObservation> group = fleet.group(work.group()).map(LocatedGroup::group);
        if (group.isEmpty() || group.get().deleting()) {
            return Optional.of(new Seen("it was deleted while its wave soaked", true, false));
        }
        RefreshRecord record = work.record();
        String others = other(record, group.get())
                .map(version -> (version.equals(record.from()) ? "others put it back to" : "others brought it to")
                        + " version " + version + " while its wave soaked")
                .orElse("");
        boolean isBack = !others.isEmpty()
                && group.get().instances().stream()
                        .filter(instance -> !instance.lifecycleState().isLeaving())
                        .allMatch(instance -> instance.isOn(record.template(), record.from()));
        return Optional.of(new Seen(others, false, isBack));
    }

    /** Where no test follows its load balancers are all there is to ask; who may not ask them goes without. */
    private static Optional<Seen> serving(StepHost host, Fleet fleet, GroupWork work) {
        try {
            return fleet.group(work.group())
                    .map(located -> new Seen(FleetWork.broken(host, work, located.group()), false, false));
        } catch (CloudException e) {
            return e.isTransient() ? Optional.empty() : Optional.of(new Seen("", false, false));
        }
    }

    /** Another version than it was brought to, which it names or an instance of it runs. */
    private static Optional<LaunchTemplateVersion> other(RefreshRecord record, GroupObservation group) {
        Optional<LaunchTemplateVersion> named = group.launchSource()
                .mainTemplate()
                .filter(use -> use.id().equals(record.template()))
                .map(LaunchSource.Template::version)
                .filter(VersionReference.Numbered.class::isInstance)
                .map(version -> ((VersionReference.Numbered) version).version());
        return named.or(() -> group.instances().stream()
                        .filter(instance -> instance.isHealthyInService()
                                && !record.from().equals(record.to())
                                && instance.isOn(record.template(), record.from()))
                        .findFirst()
                        .map(instance -> record.from()))
                .filter(version -> !version.equals(record.to()));
    }

    /** A group that is back as a whole has the row of one; of any other nobody knows what it is to become. */
    private static void tell(StepState state, StepHost host, GroupWork work, Seen seen) {
        String problem = seen.problem();
        host.log(GroupNames.in(state).of(work.group()) + ": its soak proved nothing: " + problem);
        GroupResult row = work.result();
        if (seen.isBack() && row != null) {
            new FleetWork(RecycleAsgs.NAME)
                    .record(row.back(problem, host.clock().instant()), host);
            return;
        }
        String name = work.group().name().value();
        CheckResult check = new CheckResult("soak", name, SmokeTestVerdict.INCONCLUSIVE, problem, 1, Duration.ZERO);
        host.journal()
                .append(new JournalEvent(
                        host.run().stepId() + ":" + work.group() + ":soak:tested",
                        host.clock().instant(),
                        RecycleAsgs.NAME,
                        new JournalFact.GroupTested(
                                work.group(), SmokeTestVerdict.INCONCLUSIVE, List.of(check), null)));
    }

    private static Optional<Seen> seen(StepState state, GroupKey group) {
        return state.read(PREFIX + group, Seen.class);
    }

    /** It was looked at after the soak. */
    static boolean isLookedAt(StepState state, GroupKey group) {
        return seen(state, group).isPresent();
    }

    /** It was looked at, and ran what it was brought to. */
    static boolean hasProven(StepState state, GroupKey group) {
        return seen(state, group).filter(one -> one.problem().isEmpty()).isPresent();
    }

    /** It was deleted while its wave soaked. */
    static boolean isGone(StepState state, GroupKey group) {
        return seen(state, group).filter(Seen::isGone).isPresent();
    }

    /** Why nobody can tell from its soak whether the group works; empty when nothing speaks against it, or it is gone. */
    static Optional<String> problem(StepState state, GroupKey group) {
        return seen(state, group)
                .filter(one -> !one.isGone())
                .map(Seen::problem)
                .filter(problem -> !problem.isEmpty());
    }
}
