package io.jenkins.plugins.amirefresh.step.recycle;

import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.events.RecycleTags;
import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.journal.JournalFact.TemplatePlanned;
import io.jenkins.plugins.amirefresh.journal.RefreshRecord;
import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.InstanceObservation;
import io.jenkins.plugins.amirefresh.model.InstanceRefresh;
import io.jenkins.plugins.amirefresh.model.LaunchSource;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateId;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersionData;
import io.jenkins.plugins.amirefresh.model.VersionReference;
import io.jenkins.plugins.amirefresh.refresh.AwsReadiness;
import io.jenkins.plugins.amirefresh.refresh.Estimate;
import io.jenkins.plugins.amirefresh.refresh.FirstBatch;
import io.jenkins.plugins.amirefresh.refresh.LaunchFacts;
import io.jenkins.plugins.amirefresh.refresh.ManagedRefreshes;
import io.jenkins.plugins.amirefresh.refresh.Matching;
import io.jenkins.plugins.amirefresh.refresh.Readiness;
import io.jenkins.plugins.amirefresh.refresh.RefreshPlan;
import io.jenkins.plugins.amirefresh.refresh.RefreshPolicy;
import io.jenkins.plugins.amirefresh.refresh.RefreshStrategy;
import io.jenkins.plugins.amirefresh.refresh.RestoreTag;
import io.jenkins.plugins.amirefresh.refresh.StrategyChoice;
import io.jenkins.plugins.amirefresh.step.LockHolder;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.checks.Reach;
import io.jenkins.plugins.amirefresh.step.fleet.Allowances;
import io.jenkins.plugins.amirefresh.step.fleet.GroupWork;
import io.jenkins.plugins.amirefresh.step.fleet.LaunchFactsReader;
import io.jenkins.plugins.amirefresh.step.fleet.Lease;
import io.jenkins.plugins.amirefresh.step.fleet.LeftRefresh;
import io.jenkins.plugins.amirefresh.step.fleet.RecordTag;
import io.jenkins.plugins.amirefresh.step.fleet.TemplateReads;
import io.jenkins.plugins.amirefresh.step.fleet.WorkTags;
import io.jenkins.plugins.amirefresh.step.preflight.Launchable;
import io.jenkins.plugins.amirefresh.step.preflight.PlannedRefresh;
import io.jenkins.plugins.amirefresh.step.preflight.Preflight;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Looks at one group before it starts: what has to be done, how, and what speaks against it. Changes nothing. */
final class GroupPlanner {

    private final StepHost host;
    private final RecycleSettings settings;
    private final Candidate candidate;
    private final GroupObservation group;
    private final Cloud cloud;
    private final Preflight preflight;
    private final Allowances allowances;
    private final TemplateReads reads;
    private Matching matching = Matching.BY_VERSION;

    GroupPlanner(
            StepHost host,
            RecycleSettings settings,
            Candidate candidate,
            GroupObservation group,
            Preflight preflight,
            Allowances allowances,
            TemplateReads reads) {
        this.reads = reads;
        this.allowances = allowances;
        this.host = host;
        this.settings = settings;
        this.candidate = candidate;
        this.group = Pins.made(host, group);
        this.preflight = preflight;
        this.cloud = host.cloud(candidate.place().access(), candidate.place().region());
    }

    /**
     * What the look came to.
     *
     * @param outcome null when there is something to do
     * @param record null unless there is something to do
     * @param plan null unless there is something to do
     * @param remark for the row, whatever comes of it; empty for nothing
     * @param isIdle nobody may touch what there is to do yet
     * @param isBusy others are at work on the group, and it is to be looked at again when they are done
     * @param estimate null unless there is something to do
     * @param bad why the image of its canary is marked bad, so that it goes back; empty else
     */
    record Planned(
            @Nullable GroupOutcome outcome,
            String reason,
            @Nullable RefreshRecord record,
            @Nullable RefreshPlan plan,
            String remark,
            boolean isIdle,
            boolean isBusy,
            @Nullable Estimate estimate,
            String bad) {

        static Planned end(GroupOutcome outcome, String reason) {
            return new Planned(outcome, reason, null, null, "", false, false, null, "");
        }

        static Planned busy(String reason) {
            return new Planned(GroupOutcome.REFUSED, reason, null, null, "", false, true, null, "");
        }
    }

    Planned plan() {
        Optional<Planned> taken = taken();
        if (taken.isPresent()) {
            return taken.get();
        }
        LaunchSource.Template main = group.launchSource().mainTemplate().orElseThrow();
        Optional<LaunchTemplateVersionData> target = target();
        if (target.isEmpty()) {
            return refused("launch template " + main.name() + " has no version " + candidate.to());
        }
        ByImage.Findings images = new ByImage(host, settings, candidate, group, reads).look();
        if (images.outcome() != null) {
            return Planned.end(images.outcome(), images.reason());
        }
        matching = images.matching();
        Optional<LaunchTemplateVersion> named = meant(main.id(), main.version());
        Optional<String> takenBack =
                canary().flatMap(record -> named.flatMap(version -> Canaries.takenBack(record, version, group)));
        if (takenBack.isPresent()) {
            return Planned.end(GroupOutcome.UNFINISHED, takenBack.get());
        }
        List<InstanceObservation> outdated = outdated(target.get());
        WarmPool pool = outdated.isEmpty() ? WarmPool.of(cloud, group, judging(target.get())) : WarmPool.NONE;
        images = images.with(pool.note());
        boolean isLeft = LeftRefresh.record(host, group, candidate.to()).isPresent();
        if (canary().isEmpty() && !isLeft && outdated.isEmpty() && pool.isCurrent() && isSettled(named)) {
            return Planned.end(GroupOutcome.SKIPPED, images.done(candidate, group));
        }
        LaunchFacts facts = LaunchFactsReader.read(cloud, group, target.get());
        StrategyChoice choice = choice(target.get(), facts, outdated.size());
        RefreshPlan plan = plan(choice, facts);
        if (preflight.isTight(candidate.place(), group, target.get(), outdated.size())) {
            plan = plan.reusingSlots();
        }
        RefreshPlan ready = plan;
        List<String> notes = images.notes();
        return refusal(outdated, target.get(), plan)
                .map(GroupPlanner::refused)
                .or(() -> busy(ready))
                .orElseGet(() -> looked(ready, target.get(), named, outdated, notes, choice.reason()));
    }

    /** It launches what it is brought to, and names it as it did before anyone pinned it, where that means the same. */
    private boolean isSettled(Optional<LaunchTemplateVersion> named) {
        Map<LaunchTemplateId, LaunchTemplateVersion> wanted = new HashMap<>(matching.overrides());
        wanted.put(candidate.template(), candidate.to());
        return new Overrides(cloud, group, matching).launchesWhat(candidate, named)
                && !Pins.isReleasable(host, group, this::meant, wanted);
    }

    private Optional<LaunchTemplateVersion> meant(LaunchTemplateId template, VersionReference reference) {
        return version(template, reference).map(LaunchTemplateVersionData::version);
    }

    private Planned looked(
            RefreshPlan unlimited,
            LaunchTemplateVersionData target,
            Optional<LaunchTemplateVersion> named,
            List<InstanceObservation> outdated,
            List<String> notes,
            String why) {
        RefreshPlan plan = FirstBatch.awaited(unlimited, group)
                .with(candidate.allowance() == null ? allowances.of(candidate.place(), group) : candidate.allowance());
        Before before = new Before(host, candidate, group, reads, preflight.launchable(), matching);
        RefreshRecord record = canary().orElseGet(() -> before.record(plan, named, outdated));
        String ran = canary().isPresent() ? "" : before.ran(named, outdated).note(record.from());
        Preflight.Findings findings = preflight.look(new PlannedRefresh(
                candidate.place(),
                group,
                target,
                record,
                plan,
                outdated.size(),
                WorkTags.toRefresh(host.run().controller(), plan),
                Set.of(RecordTag.NAME)));
        Optional<String> refusal = findings.refusal().or(() -> RecordTag.unfit(record, settings.allowed()));
        if (refusal.isPresent()) {
            return refused(refusal.get());
        }
        List<String> text = new ArrayList<>(List.of(describe(record, plan, outdated, why)));
        text.add(ran);
        text.add(unpinned());
        text.addAll(findings.remarks());
        text.addAll(notes);
        return new Planned(
                null,
                text.stream().filter(part -> !part.isEmpty()).distinct().collect(Collectors.joining("; ")),
                record,
                plan.with(preflight.adapted(plan, group, target)),
                remark(outdated, ran, findings),
                !outdated.isEmpty() && Untouchable.waitsFor(outdated, settings.policy()),
                false,
                Estimate.of(plan, group, outdated.size()),
                goesBack() ? badAmi(target).orElse("") : "");
    }

    /** Others took its pin away: what came of that before its turn was nobody's refresh. */
    private String unpinned() {
        String gone = Pins.gone(host, group);
        long early = group.instances().stream()
                .filter(instance ->
                        !instance.lifecycleState().isLeaving() && instance.isOn(candidate.template(), candidate.to()))
                .count();
        return gone.isEmpty() || early == 0
                ? gone
                : gone + ", so " + early + (early == 1 ? " instance runs" : " instances run") + " version "
                        + candidate.to() + " since before";
    }

    /** What the plan says and the row has to say, too: that nothing was old, what was taken on, what the image is. */
    private String remark(List<InstanceObservation> outdated, String ran, Preflight.Findings findings) {
        List<String> parts = new ArrayList<>();
        if (canary().isEmpty() && outdated.isEmpty() && !group.hasNoInstances()) {
            parts.add("no instance had to be replaced");
        }
        parts.add(ran);
        parts.add(unpinned());
        parts.addAll(findings.taken());
        parts.add(candidate.what().note());
        parts.removeIf(String::isEmpty);
        return String.join("; ", parts);
    }

    private RefreshPlan plan(StrategyChoice choice, LaunchFacts facts) {
        RefreshPlan plan = RefreshPlan.of(
                        host.run().id(),
                        group,
                        choice.strategy(),
                        candidate.template(),
                        candidate.to(),
                        facts.fixedNetworkInterface(),
                        choice.policy())
                .judgedBy(matching);
        return AwsReadiness.of(group, facts.hasLaunchHook()) == AwsReadiness.HASTY ? plan.ofHastyGroup() : plan;
    }

    /** Why the group is not free: another controller works on it, or an earlier run left it half-way. */
    private Optional<Planned> taken() {
        Optional<Lease> other =
                Lease.ofAnother(host.run().controller(), group, host.clock().instant());
        if (other.isPresent()) {
            return Optional.of(ofOthers(other.get().toString(), "; try again when it is done"));
        }
        String leftover = group.tag(RestoreTag.NAME);
        if (leftover.isEmpty()) {
            return Optional.empty();
        }
        Optional<LockHolder> holder =
                host.locks().keptFrom(group.key(), host.run().lockHolder());
        // Its sizes and processes are not its own: starting from them would make the temporary ones permanent.
        return Optional.of(holder.map(at -> Planned.busy(at + " is working on the group"))
                .orElseGet(() -> refused("an earlier run left temporary changes on the group (" + RestoreTag.NAME + ": "
                        + leftover + "); undo them with restoreAsgs, then run again")));
    }

    private Planned ofOthers(String who, String cure) {
        return settings.others() == RecycleSettings.Others.AWAIT ? Planned.busy(who) : refused(who + cure);
    }

    /** In a dry run, a version that is only planned is planned with as the one it would be copied from. */
    private Optional<LaunchTemplateVersionData> target() {
        Optional<TemplatePlanned> planned = planned();
        if (planned.isEmpty()) {
            return version(candidate.template(), VersionReference.of(candidate.to()));
        }
        AmiId ami = planned.get().ami();
        return version(candidate.template(), VersionReference.of(planned.get().from()))
                .map(source -> source.withImage(ami == null ? "" : ami.value()));
    }

    private Optional<LaunchTemplateVersionData> version(LaunchTemplateId template, VersionReference reference) {
        Optional<LaunchTemplateVersionData> found = reads.version(candidate.place(), template, reference);
        preflight.launchable().know(candidate.place(), template, reference, found);
        return found;
    }

    private Optional<TemplatePlanned> planned() {
        return host.journal().history().facts(TemplatePlanned.class).stream()
                .filter(plan -> settings.isDryRun()
                        && plan.account().equals(group.key().account())
                        && plan.region().equals(group.key().region())
                        && plan.template().equals(candidate.template())
                        && plan.to().equals(candidate.to()))
                .reduce((earlier, later) -> later);
    }

    private static Planned refused(String reason) {
        return Planned.end(GroupOutcome.REFUSED, reason);
    }

    /** What this run noted of the group before its canary; empty when it has none, or one of another version. */
    private Optional<RefreshRecord> canary() {
        return Canaries.record(host, group).filter(record -> record.to().equals(candidate.to()));
    }

    private StrategyChoice choice(LaunchTemplateVersionData target, LaunchFacts facts, int outdated) {
        RefreshPolicy policy = settings.policy();
        if (canary().isPresent()) {
            return Canaries.stands(host, group)
                    ? new StrategyChoice(RefreshStrategy.CANARY, "its canary is proven", policy.afterCanary())
                    : new StrategyChoice(RefreshStrategy.CANARY, "its canary is gone", policy);
        }
        RefreshStrategy tagged =
                RecycleTags.of(group.tags(), host.settings().tagNames()).strategy();
        if (tagged != null) {
            return new StrategyChoice(tagged, "its tag says so", policy);
        }
        if (settings.strategy() != null) {
            return new StrategyChoice(settings.strategy(), "the step says so", policy);
        }
        StrategyChoice auto = new StrategyChooser(
                        candidate.place(), group, target, facts, preflight, choice -> plan(choice, facts), outdated)
                .auto(policy);
        // AWS compares versions: its own refresh would replace what runs the image already, or leave what does not.
        boolean isAlike = matching.same().isEmpty() && matching.unlike().isEmpty();
        return isAlike || auto.strategy() != RefreshStrategy.INSTANCE_REFRESH
                ? auto
                : new StrategyChoice(
                        RefreshStrategy.ROLLING, "AWS's own refresh compares versions, not images", policy);
    }

    /** Whatever the strategy. */
    private List<InstanceObservation> outdated(LaunchTemplateVersionData target) {
        RefreshPlan plan = judging(target);
        return group.instances().stream()
                .filter(instance -> !instance.lifecycleState().isLeaving()
                        && !instance.lifecycleState().isWarmed())
                .filter(instance -> plan.isOutdated(instance, group.launchSource()))
                .toList();
    }

    private RefreshPlan judging(LaunchTemplateVersionData target) {
        boolean fixedNetworkInterface = !target.networkInterfaceIds().isEmpty();
        return plan(
                new StrategyChoice(RefreshStrategy.INSTANCE_REFRESH, "", settings.policy()),
                new LaunchFacts(fixedNetworkInterface, true));
    }

    private Optional<String> refusal(
            List<InstanceObservation> outdated, LaunchTemplateVersionData target, RefreshPlan plan) {
        return StrategyChoice.refusal(plan.strategy(), plan.policy(), group, plan.fixedNetworkInterface())
                .or(() -> settings.checks().isEmpty() ? Optional.empty() : Reach.refusal(group, settings.checks()))
                .or(() -> Untouchable.refusal(outdated, settings.policy()))
                .or(() -> Untouchable.nobodyLeft(group, outdated, settings.policy(), candidate.to()))
                .or(() ->
                        goesBack() ? Optional.empty() : badAmi(target).map(bad -> bad + LeftRefresh.cure(host, group)))
                .or(() -> plan.tooLong(outdated.size()));
    }

    /** It has begun, and is not left with a bad image. */
    private boolean goesBack() {
        return settings.onFailure() == GroupWork.OnFailure.ROLL_BACK
                && canary().filter(RefreshRecord::hasWayBack).isPresent();
    }

    private Optional<String> badAmi(LaunchTemplateVersionData target) {
        Launchable launchable = preflight.launchable();
        return launchable.launched(candidate.place(), target).flatMap(ami -> launchable
                .bad(candidate.place(), ami)
                .map(reason -> ami + " is marked bad: " + reason));
    }

    private Optional<Planned> busy(RefreshPlan plan) {
        List<InstanceRefresh> refreshes =
                cloud.instanceRefreshes().of(group.key().name());
        return ManagedRefreshes.active(refreshes)
                .filter(active -> LeftRefresh.of(cloud, group).isEmpty())
                .filter(active -> plan.strategy() != RefreshStrategy.INSTANCE_REFRESH
                        || !ManagedRefreshes.wants(active, plan.target(group.launchSource())))
                .map(active -> ofOthers(
                        "instance refresh " + active.id() + " is "
                                + active.status().awsName() + " and was started by others",
                        ""));
    }

    private String describe(RefreshRecord record, RefreshPlan plan, List<InstanceObservation> outdated, String why) {
        long all = group.isWeighted()
                ? group.staying()
                : Math.max(record.capacity().desired(), outdated.size());
        return "version " + record.from() + " to " + record.to() + ", " + Overrides.text(record) + outdated.size()
                + " of " + all + " instances outdated, "
                + plan.strategy().text() + " (" + why + "), minimum healthy "
                + plan.floor() + (group.isWeighted() ? " units" : "") + ", healthy means: "
                + Readiness.of(plan, group) + (plan.limits().isEmpty() ? "" : "; " + plan.limits());
    }
}
