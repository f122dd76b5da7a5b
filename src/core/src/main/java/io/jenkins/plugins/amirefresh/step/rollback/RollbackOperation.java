package io.jenkins.plugins.amirefresh.step.rollback;

import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.journal.GroupResult;
import io.jenkins.plugins.amirefresh.journal.Json;
import io.jenkins.plugins.amirefresh.journal.RefreshRecord;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.model.Place;
import io.jenkins.plugins.amirefresh.step.Progress;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.StepOperation;
import io.jenkins.plugins.amirefresh.step.StepState;
import io.jenkins.plugins.amirefresh.step.StopReason;
import io.jenkins.plugins.amirefresh.step.fleet.Fleet;
import io.jenkins.plugins.amirefresh.step.fleet.FleetProgress;
import io.jenkins.plugins.amirefresh.step.fleet.FleetReader;
import io.jenkins.plugins.amirefresh.step.fleet.FleetRows;
import io.jenkins.plugins.amirefresh.step.fleet.FleetWork;
import io.jenkins.plugins.amirefresh.step.fleet.GroupFamilies;
import io.jenkins.plugins.amirefresh.step.fleet.GroupLabels;
import io.jenkins.plugins.amirefresh.step.fleet.GroupNames;
import io.jenkins.plugins.amirefresh.step.fleet.GroupWork;
import io.jenkins.plugins.amirefresh.step.fleet.LocatedGroup;
import io.jenkins.plugins.amirefresh.step.fleet.RecordTag;
import io.jenkins.plugins.amirefresh.step.fleet.RollbackPlanner;
import io.jenkins.plugins.amirefresh.step.fleet.StopNotice;
import io.jenkins.plugins.amirefresh.step.parameters.CommonParameters;
import io.jenkins.plugins.amirefresh.step.parameters.GroupSelection;
import io.jenkins.plugins.amirefresh.step.parameters.Parameters;
import io.jenkins.plugins.amirefresh.step.preflight.Risk;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Plans every selected group that has a record at the first tick, then drives them until each has a row. */
final class RollbackOperation implements StepOperation {

    private static final String STEP = "step";
    private static final String ROW = "row:";

    private final Parameters parameters;
    private final Set<Risk> allowed;
    private final FleetWork work = new FleetWork(RollbackAsgs.NAME);

    RollbackOperation(Parameters parameters) {
        this.parameters = parameters;
        this.allowed = Risk.parse(RollbackAsgs.ALLOW, parameters.list(RollbackAsgs.ALLOW));
    }

    @Override
    public Progress advance(StepState state, StepHost host) {
        StepState planned = state;
        if (state.document(STEP).isEmpty()) {
            try {
                FleetReader.Look look = FleetReader.look(state, host, RollbackAsgs.NAME, places(host));
                if (look.fleet() == null) {
                    return new Progress.Again(look.state(), host.observer().interval());
                }
                planned = plan(look.state(), host, look.fleet());
            } catch (CloudException e) {
                if (!e.isTransient()) {
                    throw e;
                }
                return new Progress.Again(state, host.observer().interval());
            }
        }
        FleetProgress progress = work.advance(planned, host);
        return progress.isFinished()
                ? result(progress.state(), host)
                : new Progress.Again(progress.state(), progress.after());
    }

    private List<Place> places(StepHost host) {
        return CommonParameters.places(
                parameters,
                host.environment(),
                host.settings().regions(),
                host.settings().accounts());
    }

    private StepState plan(StepState read, StepHost host, Fleet fleet) {
        GroupSelection selection = GroupSelection.of(parameters);
        GroupFamilies families = new GroupFamilies(host);
        families.requireMatch(selection, fleet);
        StepState state = GroupNames.known(read.with(STEP, "{}"), fleet);
        for (LocatedGroup located : fleet.groups()) {
            Optional<RefreshRecord> record = RollbackPlanner.record(host, located.group());
            boolean isMeant =
                    (record.isPresent() || selection.namesGroups()) && selection.includes(families.known(located));
            if (isMeant) {
                GroupLabels labels =
                        new GroupLabels(GroupFamilies.environment(host, located.group()), families.of(located), null);
                state = record.isPresent()
                        ? plan(state, host, fleet, located, record.get(), labels)
                        : unrecorded(state, host, located, labels);
            }
        }
        return selection.asksForFamilies() ? families.told(state, RollbackAsgs.NAME, fleet) : state;
    }

    /** A group given by name is not left out in silence. */
    private static StepState unrecorded(StepState state, StepHost host, LocatedGroup located, GroupLabels labels) {
        String reason = "no refresh of it is on record, neither in this run nor on its tag " + RecordTag.NAME
                + ", so there is no version to go back to";
        return ended(state, host, located.group().key(), labels, GroupOutcome.REFUSED, reason, 0, 0);
    }

    private static StepState ended(
            StepState state,
            StepHost host,
            GroupKey group,
            GroupLabels labels,
            GroupOutcome outcome,
            String reason,
            long from,
            long to) {
        host.log(GroupNames.in(state).of(group) + ": " + outcome.text() + ": " + reason);
        GroupResult row = new GroupResult(
                group,
                labels.environment(),
                labels.family(),
                "",
                outcome,
                reason,
                from,
                to,
                null,
                null,
                host.clock().instant(),
                0);
        new FleetWork(RollbackAsgs.NAME).record(row, host);
        return state.with(ROW + group, Json.write(row));
    }

    private StepState plan(
            StepState state,
            StepHost host,
            Fleet fleet,
            LocatedGroup located,
            RefreshRecord record,
            GroupLabels labels) {
        String why = parameters.text(RollbackAsgs.REASON).orElse("rolled back by " + RollbackAsgs.NAME);
        RollbackPlanner.Planned planned = planned(host, fleet, located, record, labels, why);
        GroupWork begun = planned.work();
        if (begun != null && !parameters.flag(RollbackAsgs.DRY_RUN)) {
            host.log(GroupNames.in(state).of(record.group()) + ": going back from version " + record.to() + " to "
                    + record.from() + ": " + planned.reason());
            return FleetWork.begin(state, begun);
        }
        boolean isDryRun = begun != null;
        GroupOutcome outcome = planned.outcome() == null ? GroupOutcome.SKIPPED : planned.outcome();
        String reason = isDryRun
                ? "dry run: would go back to version " + record.from() + ": " + planned.reason()
                : planned.reason();
        return ended(
                state,
                host,
                record.group(),
                labels,
                outcome,
                reason,
                record.from().number(),
                record.to().number());
    }

    /** What AWS refuses of one group keeps the others from nothing. */
    private RollbackPlanner.Planned planned(
            StepHost host, Fleet fleet, LocatedGroup located, RefreshRecord record, GroupLabels labels, String why) {
        try {
            Optional<String> theirs = new OthersRelease(host, located, record).text();
            boolean isMeant =
                    GroupSelection.of(parameters).names(located.group().key().name());
            if (theirs.isPresent() && !isMeant) {
                return new RollbackPlanner.Planned(
                        null,
                        GroupOutcome.REFUSED,
                        theirs.get() + "; it stays so unless asgs names the group, without * or ?");
            }
            return new RollbackPlanner(host, fleet, located)
                    .allowing(allowed)
                    .plan(
                            record,
                            labels,
                            parameters.duration(RollbackAsgs.TIME_LIMIT).orElse(null),
                            why + theirs.map(text -> "; " + text).orElse(""));
        } catch (CloudException e) {
            if (e.isTransient()) {
                throw e;
            }
            return new RollbackPlanner.Planned(null, GroupOutcome.REFUSED, String.valueOf(e.getMessage()));
        }
    }

    private Progress result(StepState state, StepHost host) {
        Map<String, GroupResult> rows = new TreeMap<>();
        state.documents().forEach((key, json) -> {
            if (key.startsWith(ROW)) {
                rows.put(key.substring(ROW.length()), Json.read(json, GroupResult.class));
            }
        });
        FleetWork.results(state).forEach(row -> rows.put(row.group().text(), row));
        List<GroupResult> all = List.copyOf(rows.values());
        String summary = FleetRows.summary(all);
        host.log(RollbackAsgs.NAME + ": " + summary);
        Optional<GroupResult> bad =
                all.stream().filter(row -> isBad(row.outcome())).findFirst();
        if (bad.isPresent()) {
            return new Progress.Failed(
                    state,
                    RollbackAsgs.NAME + ": " + summary + "; "
                            + bad.get().group().name() + " "
                            + bad.get().outcome().text() + ": " + bad.get().reason());
        }
        return new Progress.Done(state, FleetRows.result(all), FleetReader.verdict(state));
    }

    private boolean isBad(GroupOutcome outcome) {
        String failOn = parameters.text(RollbackAsgs.FAIL_ON).orElse("any");
        return switch (outcome) {
            case FAILED -> !failOn.equals("none");
            case REFUSED -> failOn.equals("any");
            case REFRESHED, ROLLED_BACK, SKIPPED, PAUSED, UNFINISHED, MISSED, HELD -> false;
        };
    }

    /** A rollback is finished also when the build is gone: half-way back is the worst place. */
    @Override
    public Progress stop(StepState state, StopReason reason, StepHost host) {
        if (state.document(STEP).isEmpty()) {
            return new Progress.Done(state, FleetRows.result(List.of()), Progress.BuildVerdict.NONE);
        }
        return advance(StopNotice.say(state, RollbackAsgs.NAME, reason.why(), 0, host), host);
    }

    @Override
    public String describe(StepState state) {
        long open =
                FleetWork.works(state).stream().filter(one -> !one.isEnded()).count();
        return open + " going back, " + FleetWork.results(state).size() + " done";
    }
}
