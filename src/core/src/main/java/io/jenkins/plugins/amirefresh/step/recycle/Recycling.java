package io.jenkins.plugins.amirefresh.step.recycle;

import io.jenkins.plugins.amirefresh.ami.AmiTags;
import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.journal.GroupResult;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.LaunchSource;
import io.jenkins.plugins.amirefresh.model.LaunchTemplate;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateId;
import io.jenkins.plugins.amirefresh.step.Progress;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.StepState;
import io.jenkins.plugins.amirefresh.step.StopReason;
import io.jenkins.plugins.amirefresh.step.fleet.FleetWork;
import io.jenkins.plugins.amirefresh.step.fleet.GroupFamilies;
import io.jenkins.plugins.amirefresh.step.fleet.GroupWork;
import io.jenkins.plugins.amirefresh.step.fleet.LocatedGroup;
import io.jenkins.plugins.amirefresh.step.fleet.OwnNames;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterException;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterSpec;
import io.jenkins.plugins.amirefresh.step.parameters.Parameters;
import io.jenkins.plugins.amirefresh.step.preflight.Risk;
import io.jenkins.plugins.amirefresh.step.recycle.RecycleState.Header;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code recycleAsgs} for another step, which says itself which groups are in scope, also while others are at work. Each is
 * brought to what it launches at that moment, whoever chose that, and not to a version of this build.
 */
public final class Recycling {

    /** What says which groups and versions are meant, or how a build of several steps goes on: not this step's business. */
    private static final Set<String> OTHERS = Set.of(
            RecycleAsgs.WAVES,
            RecycleAsgs.OTHERS,
            RecycleAsgs.VERSION,
            RecycleAsgs.STOP_AFTER,
            RecycleAsgs.STRATEGY,
            RecycleAsgs.PLAN);

    private static final List<ParameterSpec> HOW = chosen();

    private final String step;
    private final RecycleOperation operation;
    private final RecycleSettings settings;

    private Recycling(String step, RecycleSettings settings) {
        this.step = step;
        this.settings = settings;
        this.operation = new RecycleOperation(step, settings);
    }

    /** The parameters of {@code recycleAsgs} that say how groups are recycled. */
    public static List<ParameterSpec> how() {
        return HOW;
    }

    private static List<ParameterSpec> chosen() {
        Set<String> names = RecycleAsgs.ofTheWay();
        return new RecycleAsgs()
                .parameters().stream()
                        .filter(spec -> names.contains(spec.name()) && !OTHERS.contains(spec.name()))
                        .toList();
    }

    /**
     * Recycles as such a map says; windows are ignored and no group holds another unless it says otherwise.
     *
     * @param step the function name of the step that has it as a parameter
     * @param path that parameter
     * @param common what the step itself was given of where to work, {@code slackChannel} and {@code dryRun}
     * @throws ParameterException as {@code recycleAsgs} would
     */
    public static Recycling of(String step, String path, Map<String, Object> given, Map<String, Object> common) {
        try {
            Map<String, Object> all =
                    new LinkedHashMap<>(Parameters.parse(path, how(), given).asMap());
            all.putIfAbsent(RecycleTimes.WINDOWS, "ignore");
            all.putIfAbsent(RecycleAsgs.HOLD_ON, "none");
            all.put(RecycleAsgs.ALLOW, allowing(all.get(RecycleAsgs.ALLOW)));
            all.putAll(common);
            Parameters parameters = Parameters.parse(RecycleAsgs.NAME, new RecycleAsgs().parameters(), all);
            return new Recycling(step, RecycleSettings.of(parameters, RecycleSettings.Others.AWAIT));
        } catch (ParameterException e) {
            throw e.within(path);
        }
    }

    /** Who gives a group another version means all that it holds. */
    private static List<String> allowing(@Nullable Object given) {
        Set<String> risks = new LinkedHashSet<>();
        if (given instanceof List<?> list) {
            list.forEach(risk -> risks.add(String.valueOf(risk)));
        }
        risks.add(Risk.OTHER_SETTINGS.word());
        return List.copyOf(risks);
    }

    /** Which version a group is brought to. */
    public enum Aim {
        /** What it would launch now. */
        AS_IT_LAUNCHES,
        /** What its owner's alias means now, also when a run of ours pinned the group to a number meanwhile. */
        AS_OWNER_NAMES
    }

    /** The state in which groups may be added. */
    public StepState opened(StepState state) {
        return RecycleState.header(state).isPresent() ? state : RecycleState.with(state, new Header(false, null));
    }

    /** The group has been added: it waits, is at work or has its row. */
    public static boolean knows(StepState state, GroupKey group) {
        return RecycleState.candidate(state, group).isPresent() || RecycleState.hasRow(state, group);
    }

    /** The work on the group has begun, or it has its row without any. */
    public static boolean isTaken(StepState state, GroupKey group) {
        return FleetWork.hasBegun(state, group) || RecycleState.hasRow(state, group);
    }

    /** The group has its row. */
    public static boolean hasEnded(StepState state, GroupKey group) {
        return RecycleState.hasRow(state, group)
                || FleetWork.work(state, group).filter(GroupWork::isEnded).isPresent();
    }

    /** A group waits or is at work. */
    public static boolean isOpen(StepState state) {
        return !RecycleState.waiting(state).isEmpty()
                || FleetWork.works(state).stream().anyMatch(work -> !work.isEnded());
    }

    /** Every row so far. */
    public static List<GroupResult> rows(StepState state) {
        return RecycleState.rows(state);
    }

    /**
     * The state with a group in scope, or with its row when it launches from nothing that could be refreshed.
     *
     * @param aim which version it is brought to
     */
    public StepState add(StepState state, StepHost host, LocatedGroup located, GroupFamilies families, Aim aim) {
        GroupObservation group = located.group();
        Optional<LaunchSource.Template> main = group.launchSource().mainTemplate();
        if (main.isEmpty()) {
            return refused(
                    state,
                    host,
                    located,
                    "it launches from a launch configuration; give it a launch template, AWS's console can copy one");
        }
        Map<LaunchTemplateId, LaunchTemplate> templates = families.templates(located.place());
        Launched launched = Launched.of(
                group.launchSource(),
                templates,
                use -> aim == Aim.AS_OWNER_NAMES ? OwnNames.of(group, use) : use.version());
        if (launched.main().isEmpty()) {
            String unknown = String.join(", ", launched.unknown());
            return refused(state, host, located, "its launch template " + unknown + " is not among the account's");
        }
        Candidate known = RecycleState.candidate(state, group.key()).orElse(null);
        LaunchTemplate template = templates.get(main.get().id());
        Candidate candidate = new Candidate(
                group.key(),
                located.place(),
                GroupFamilies.environment(host, group),
                template == null ? "" : template.tags().getOrDefault(AmiTags.FAMILY, ""),
                main.get().id(),
                launched.main().get(),
                known == null ? "" : known.line(),
                null,
                null,
                null,
                launched.wanted(),
                null,
                null);
        return RecycleState.with(RecycleState.with(state, new Header(false, null)), candidate);
    }

    /** The state in which a group has its row without having begun. */
    public StepState refused(StepState state, StepHost host, LocatedGroup located, String reason) {
        GroupKey group = located.group().key();
        GroupResult row = new GroupResult(
                group,
                GroupFamilies.environment(host, located.group()),
                "",
                "",
                GroupOutcome.REFUSED,
                reason,
                0,
                0,
                null,
                null,
                host.clock().instant(),
                0);
        host.log(group.name() + ": refused: " + reason);
        new FleetWork(step).record(row, host);
        return RecycleState.with(state, row);
    }

    /**
     * What a tick came to.
     *
     * @param isOpen something is left to be done
     * @param after when to call again while it is
     */
    public record Tick(StepState state, boolean isOpen, Duration after) {}

    /** One unit of work on every group in scope. */
    public Tick tick(StepState state, StepHost host) {
        RecycleOperation.Tick tick = operation.tick(state, host);
        return new Tick(tick.state(), tick.isOpen(), tick.after());
    }

    /** The end of the step, as {@code recycleAsgs} would end. */
    public Progress result(StepState state, StepHost host) {
        return operation.result(state, host);
    }

    /** Ends early. */
    public Progress stop(StepState state, StopReason reason, StepHost host) {
        return operation.stop(opened(state), reason, host);
    }

    /** For people. */
    public String describe(StepState state) {
        return operation.describe(state);
    }

    /** Nothing is changed. */
    public boolean isDryRun() {
        return settings.isDryRun();
    }
}
