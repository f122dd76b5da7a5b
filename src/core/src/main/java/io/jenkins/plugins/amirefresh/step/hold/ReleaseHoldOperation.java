package io.jenkins.plugins.amirefresh.step.hold;

import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.journal.JournalEvent;
import io.jenkins.plugins.amirefresh.journal.JournalFact;
import io.jenkins.plugins.amirefresh.journal.RunHistory;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.step.Progress;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.StepOperation;
import io.jenkins.plugins.amirefresh.step.StepState;
import io.jenkins.plugins.amirefresh.step.StopReason;
import io.jenkins.plugins.amirefresh.step.fleet.Fleet;
import io.jenkins.plugins.amirefresh.step.fleet.FleetReader;
import io.jenkins.plugins.amirefresh.step.fleet.GroupFamilies;
import io.jenkins.plugins.amirefresh.step.fleet.GroupNames;
import io.jenkins.plugins.amirefresh.step.fleet.HoldTag;
import io.jenkins.plugins.amirefresh.step.fleet.LocatedGroup;
import io.jenkins.plugins.amirefresh.step.parameters.CommonParameters;
import io.jenkins.plugins.amirefresh.step.parameters.GroupSelection;
import io.jenkins.plugins.amirefresh.step.parameters.Parameters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Releases one group a tick: first it is written down who let it go and why, then the tag goes. */
final class ReleaseHoldOperation implements StepOperation {

    private static final String RELEASED = "released:";

    private final Parameters parameters;
    private final String reason;

    ReleaseHoldOperation(Parameters parameters, String reason) {
        this.parameters = parameters;
        this.reason = reason;
    }

    @Override
    public Progress advance(StepState state, StepHost host) {
        try {
            FleetReader.Look look = FleetReader.look(
                    state,
                    host,
                    ReleaseHold.NAME,
                    CommonParameters.places(
                            parameters,
                            host.environment(),
                            host.settings().regions(),
                            host.settings().accounts()));
            return look.fleet() == null
                    ? new Progress.Again(look.state(), host.observer().interval())
                    : release(GroupNames.known(look.state(), look.fleet()), host, look.fleet());
        } catch (CloudException e) {
            if (!e.isTransient()) {
                throw e;
            }
            return new Progress.Again(state, host.observer().interval());
        }
    }

    private Progress release(StepState state, StepHost host, Fleet fleet) {
        GroupSelection selection = GroupSelection.of(parameters);
        GroupFamilies families = new GroupFamilies(host);
        families.requireMatch(selection, fleet);
        List<GroupKey> done = new ArrayList<>();
        for (LocatedGroup located : fleet.groups()) {
            GroupKey group = located.group().key();
            Optional<String> hold = hold(located, host.journal().history());
            if (state.document(RELEASED + group).isPresent()) {
                done.add(group);
            } else if (hold.isPresent() && selection.includes(families.known(located))) {
                release(state, host, located, hold.get());
                return new Progress.Again(state.with(RELEASED + group, "true"), Duration.ZERO);
            }
        }
        String how = parameters.flag(ReleaseHold.DRY_RUN) ? " would be released" : " released";
        host.log(ReleaseHold.NAME + ": " + (done.isEmpty() ? "none of these groups holds anybody" : done.size() + how));
        List<Map<String, Object>> rows = done.stream()
                .map(group -> Map.<String, Object>of(
                        "account", group.account().value(),
                        "region", group.region().value(),
                        "autoScalingGroupName", group.name().value()))
                .toList();
        return new Progress.Done(state, Map.of("groups", rows), FleetReader.verdict(state));
    }

    /** By its tag, or by what this build made of it. */
    private static Optional<String> hold(LocatedGroup located, RunHistory history) {
        GroupKey group = located.group().key();
        return HoldTag.of(located.group())
                .or(() -> history.isReleased(group)
                        ? Optional.empty()
                        : history.row(group)
                                .filter(row -> row.outcome() == GroupOutcome.ROLLED_BACK
                                        || row.outcome() == GroupOutcome.FAILED)
                                .map(row -> row.outcome().words() + " in this build"));
    }

    private void release(StepState state, StepHost host, LocatedGroup located, String hold) {
        GroupKey group = located.group().key();
        String name = GroupNames.in(state).of(group);
        if (parameters.flag(ReleaseHold.DRY_RUN)) {
            host.log(name + ": dry run: would release its hold (" + hold + ")");
            return;
        }
        host.journal()
                .append(new JournalEvent(
                        host.run().stepId() + ":" + group + ":released",
                        host.clock().instant(),
                        ReleaseHold.NAME,
                        new JournalFact.HoldReleased(
                                group, hold, reason, host.run().cause())));
        HoldTag.remove(host, located);
        host.log(name + ": hold released (" + hold + "): " + reason);
    }

    @Override
    public Progress stop(StepState state, StopReason why, StepHost host) {
        return new Progress.Done(state, Map.of("groups", List.of()), Progress.BuildVerdict.NONE);
    }

    @Override
    public String describe(StepState state) {
        return "releasing holds";
    }
}
