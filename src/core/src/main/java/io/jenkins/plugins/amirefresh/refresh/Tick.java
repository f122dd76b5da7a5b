package io.jenkins.plugins.amirefresh.refresh;

import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.InstanceId;
import io.jenkins.plugins.amirefresh.model.InstanceObservation;
import io.jenkins.plugins.amirefresh.model.ScalingProcess;
import io.jenkins.plugins.amirefresh.refresh.RefreshDecision.Act;
import io.jenkins.plugins.amirefresh.refresh.RefreshDecision.Failed;
import io.jenkins.plugins.amirefresh.refresh.RefreshDecision.Wait;
import io.jenkins.plugins.amirefresh.refresh.RefreshState.Ending;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** One decision in the making: what is wanted, what was seen, what is known. */
record Tick(RefreshPlan plan, GroupSight sight, RefreshState state, Instant now) {

    GroupHealth health() {
        return new GroupHealth(plan, sight, state);
    }

    GroupObservation group() {
        return sight.group();
    }

    int desired() {
        return group().capacity().desired();
    }

    Tick with(RefreshState newState) {
        return new Tick(plan, sight, newState, now);
    }

    boolean isEnding(Ending.Way way) {
        return state.earlyEnding().filter(ending -> ending.way() == way).isPresent();
    }

    /** By number: what others let the group name may mean the same. */
    boolean launchesTarget() {
        return sight.launches().equals(plan.target(sight.launches()));
    }

    /** Nothing launches, because we suspended that for a while. */
    boolean holdsLaunches() {
        return state.temporary().suspended().contains(ScalingProcess.LAUNCH)
                && group().suspendedProcesses().contains(ScalingProcess.LAUNCH);
    }

    /** The changes that bring the group to launch the wanted version; none when it does. */
    List<Change> sourceChanges() {
        return launchesTarget() ? List.of() : List.of(new Change.SetLaunchSource(plan.target(group().launchSource())));
    }

    Decided waiting(String reason) {
        return new Decided(state, new Wait(reason));
    }

    Decided failed(String reason) {
        return failed(new Failed(reason));
    }

    Decided failed(Failed failure) {
        return new Decided(state, failure);
    }

    /** Announces the changes in the state, and counts what they terminate as gone from now on. */
    Decided acting(List<? extends Change> changes, String reason) {
        RefreshState announced = state.announcing(List.copyOf(changes), now);
        return new Decided(announced, new Act(List.copyOf(changes), reason));
    }

    /**
     * Nothing is known that the image is to blame for, and what to do about that. A way back blames none anyway, and none is
     * in question where nothing was changed.
     */
    String inconclusive(String cure) {
        boolean isInQuestion = !plan.wayBack() && state.changedAt().isAfter(Instant.EPOCH);
        return !isInQuestion ? "" : "; inconclusive, so its image is not marked bad: " + cure;
    }

    /** What people call an instance of the version that the attempt brings: on a way back it is no new one. */
    String kind() {
        return plan.wayBack() ? "old-version" : "new";
    }

    static List<InstanceId> ids(List<InstanceObservation> instances) {
        return instances.stream().map(InstanceObservation::id).toList();
    }

    static String names(List<InstanceObservation> instances) {
        return instances.stream()
                .map(instance -> instance.id().value())
                .limit(5)
                .collect(Collectors.joining(", ", "", instances.size() > 5 ? ", ..." : ""));
    }

    static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : noun.endsWith("ch") ? "es" : "s");
    }
}
