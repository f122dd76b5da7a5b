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
import io.jenkins.plugins.amirefresh.step.fleet.AfterRefresh;
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
     * @param isBad it does not serve as it should; false in state files of older versions
     */
    private record Seen(String problem, boolean isGone, boolean isBack, boolean isBad) {}

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
            Optional<Seen> seen = seen(fleet, work, settings.smokeTest() == null, host);
            seen.filter(one -> !one.problem().isEmpty() && !one.isGone())
                    .ifPresent(one -> tell(state, host, work, one));
            if (seen.isPresent()) {
                looked = looked.with(PREFIX + work.group(), Json.write(seen.get()));
            }
        }
        return looked;
    }

    private static Optional<Seen> seen(Fleet fleet, GroupWork work, boolean isAll, StepHost host) {
        var problem = fleet.problem(work.place());
        if (problem.isPresent()) {
            return problem.get().isTransient()
                    ? Optional.empty()
                    : Optional.of(new Seen(String.valueOf(problem.get().getMessage()), false, false, false));
        }
        Optional<GroupObservation> group = fleet.group(work.group()).map(LocatedGroup::group);
        if (group.isEmpty() || group.get().deleting()) {
            return Optional.of(new Seen("it was deleted while its wave soaked", true, false, false));
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
        return others.isEmpty()
                ? faring(host, work, isAll, group.get())
                : Optional.of(new Seen(others, false, isBack, false));
    }

    /** It runs what it was brought to: AWS is asked what it took out, and where no test follows the balancers who serves. */
    private static Optional<Seen> faring(StepHost host, GroupWork work, boolean isAll, GroupObservation group) {
        GroupResult row = work.result();
        Instant since = row == null || row.endedAt() == null ? work.state().startedAt() : row.endedAt();
        try {
            String broken = isAll ? FleetWork.broken(host, work, group) : "";
            String bad = broken.isEmpty() ? AfterRefresh.takenOut(host, work, group, since) : broken;
            return Optional.of(new Seen(bad, false, false, !bad.isEmpty()));
        } catch (CloudException e) {
            return e.isTransient()
                    ? Optional.empty()
                    : Optional.of(new Seen(String.valueOf(e.getMessage()), false, false, false));
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
        String soak = seen.isBad() ? ": it did not stand its soak: " : ": its soak proved nothing: ";
        host.log(GroupNames.in(state).of(work.group()) + soak + problem);
        GroupResult row = work.result();
        if (seen.isBad() && row != null) {
            String why = "it was brought to version " + work.record().to() + " and did not stand its soak: " + problem
                    + "; rollbackAsgs brings it back";
            new FleetWork(RecycleAsgs.NAME).record(row.broken(why, host.clock().instant()), host);
            return;
        }
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
