package io.jenkins.plugins.amirefresh.step.restore;

import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.journal.GroupResult;
import io.jenkins.plugins.amirefresh.journal.RefreshRecord;
import io.jenkins.plugins.amirefresh.launchtemplate.Pin;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.LaunchSource;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersionData;
import io.jenkins.plugins.amirefresh.model.Place;
import io.jenkins.plugins.amirefresh.model.VersionReference;
import io.jenkins.plugins.amirefresh.refresh.RefreshPlan;
import io.jenkins.plugins.amirefresh.refresh.RefreshPolicy;
import io.jenkins.plugins.amirefresh.refresh.RefreshStrategy;
import io.jenkins.plugins.amirefresh.refresh.RestoreTag;
import io.jenkins.plugins.amirefresh.refresh.Temporary;
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
import io.jenkins.plugins.amirefresh.step.fleet.Lease;
import io.jenkins.plugins.amirefresh.step.fleet.LeftRefresh;
import io.jenkins.plugins.amirefresh.step.fleet.LocatedGroup;
import io.jenkins.plugins.amirefresh.step.fleet.StopNotice;
import io.jenkins.plugins.amirefresh.step.parameters.CommonParameters;
import io.jenkins.plugins.amirefresh.step.parameters.GroupSelection;
import io.jenkins.plugins.amirefresh.step.parameters.Parameters;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds the groups that carry the tag of a temporary change and undoes it; a group that a run works on is waited for. */
final class RestoreOperation implements StepOperation {

    private static final String STEP = "step";

    private final Parameters parameters;
    private final FleetWork work = new FleetWork(RestoreAsgs.NAME);

    RestoreOperation(Parameters parameters) {
        this.parameters = parameters;
    }

    @Override
    public Progress advance(StepState state, StepHost host) {
        StepState planned = state;
        if (state.document(STEP).isEmpty()) {
            try {
                FleetReader.Look look = FleetReader.look(state, host, RestoreAsgs.NAME, places(host));
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
        if (!progress.isFinished()) {
            return new Progress.Again(progress.state(), progress.after());
        }
        List<GroupResult> rows = FleetWork.results(progress.state());
        RestoreRows.record(progress.state(), rows, host);
        host.log(RestoreAsgs.NAME + ": " + RestoreRows.summary(progress.state(), rows));
        Optional<GroupResult> failed = rows.stream()
                .filter(row -> row.outcome() == GroupOutcome.FAILED)
                .findFirst();
        return failed.<Progress>map(row -> new Progress.Failed(
                        progress.state(),
                        RestoreAsgs.NAME + ": "
                                + GroupNames.in(progress.state()).of(row.group()) + ": " + row.reason()))
                .orElseGet(() -> new Progress.Done(
                        progress.state(), FleetRows.result(rows), FleetReader.verdict(progress.state())));
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
            GroupObservation group = located.group();
            boolean isLeft = group.tags().containsKey(RestoreTag.NAME)
                    || Lease.hasExpiredOn(group, host.clock().instant())
                    || LeftRefresh.goneRun(host, group).isPresent()
                    || LeftRefresh.isLeft(host, located);
            if (isLeft && selection.includes(families.known(located))) {
                state = plan(
                        state,
                        host,
                        located,
                        new GroupLabels(GroupFamilies.environment(host, group), families.of(located), null));
            }
        }
        return selection.asksForFamilies() ? families.told(state, RestoreAsgs.NAME, fleet) : state;
    }

    private StepState plan(StepState state, StepHost host, LocatedGroup located, GroupLabels labels) {
        GroupObservation group = located.group();
        String name = GroupNames.in(state).of(group.key());
        boolean isTagged = group.tags().containsKey(RestoreTag.NAME);
        boolean isRefreshing = LeftRefresh.isLeft(host, located);
        Optional<String> gone = LeftRefresh.goneRun(host, group);
        String left = isRefreshing
                ? "an instance refresh that nobody watches"
                : gone.map(run -> "what run " + run + " left, which is gone: the tag of its lease")
                        .orElse("the tag of a lease that has expired");
        String text = isTagged ? group.tag(RestoreTag.NAME) : left;
        Optional<RestoreTag> tag = isTagged
                ? RestoreTag.of(group)
                : Optional.of(new RestoreTag(
                        gone.orElse(host.run().id()),
                        Temporary.NONE,
                        group.capacity().desired()));
        Optional<LaunchTemplateVersion> launched = launched(host, located);
        if (tag.isEmpty() || launched.isEmpty()) {
            String why = "left alone, its tag " + RestoreTag.NAME + " cannot be read: " + text;
            host.log(name + ": " + why);
            return RestoreRows.untouched(state, group.key(), "refused", why);
        }
        if (parameters.flag(RestoreAsgs.DRY_RUN)) {
            host.log(name + ": dry run: would undo " + text);
            return RestoreRows.untouched(state, group.key(), "planned", "dry run: would undo " + text);
        }
        host.log(name + ": undoing " + text);
        LaunchTemplateVersion version = launched.get();
        LaunchSource.Template main = group.launchSource().mainTemplate().orElseThrow();
        RefreshRecord record = new RefreshRecord(
                gone.orElse(host.run().id()),
                group.key(),
                main.id(),
                version,
                version,
                Pin.named(group, main),
                version,
                group.capacity());
        RefreshPlan plan = RefreshPlan.of(
                host.run().id(), group, RefreshStrategy.OUT_IN, main.id(), version, false, RefreshPolicy.DEFAULT);
        GroupWork work = GroupWork.restore(
                located, labels, record, plan, tag.get(), host.clock().instant());
        return FleetWork.begin(state, isRefreshing ? LeftRefresh.taken(host, located, work) : work);
    }

    /** What the group launches; where that is gone what it names, else what it ran last: sizes go back all the same. */
    private static Optional<LaunchTemplateVersion> launched(StepHost host, LocatedGroup located) {
        GroupObservation group = located.group();
        Cloud cloud = host.cloud(located.place().access(), located.place().region());
        Optional<LaunchSource.Template> main = group.launchSource().mainTemplate();
        return main.flatMap(template -> cloud.launchTemplates().version(template.id(), template.version()))
                .map(LaunchTemplateVersionData::version)
                .or(() -> main.flatMap(template -> template.version() instanceof VersionReference.Numbered fixed
                        ? Optional.of(fixed.version())
                        : newest(group, template)));
    }

    private static Optional<LaunchTemplateVersion> newest(GroupObservation group, LaunchSource.Template template) {
        return group.instances().stream()
                .filter(instance -> template.id().equals(instance.template()))
                .flatMap(instance -> instance.launchedVersion().stream())
                .max(Comparator.naturalOrder());
    }

    @Override
    public Progress stop(StepState state, StopReason reason, StepHost host) {
        return advance(StopNotice.say(state, RestoreAsgs.NAME, reason.why(), 0, host), host);
    }

    @Override
    public String describe(StepState state) {
        return FleetWork.results(state).size() + " of " + FleetWork.works(state).size() + " groups put back";
    }
}
