package io.jenkins.plugins.amirefresh.faultruns;

import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.journal.GroupResult;
import io.jenkins.plugins.amirefresh.journal.Journal;
import io.jenkins.plugins.amirefresh.journal.JournalEvent;
import io.jenkins.plugins.amirefresh.journal.JournalFact;
import io.jenkins.plugins.amirefresh.refresh.RefreshPlan;
import io.jenkins.plugins.amirefresh.refresh.TimeLimit;
import io.jenkins.plugins.amirefresh.scenario.DressedHost;
import io.jenkins.plugins.amirefresh.step.Progress;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.StepOperation;
import io.jenkins.plugins.amirefresh.step.StepState;
import io.jenkins.plugins.amirefresh.step.StopReason;
import io.jenkins.plugins.amirefresh.step.fleet.FleetWork;
import io.jenkins.plugins.amirefresh.step.fleet.GroupWork;
import io.jenkins.plugins.amirefresh.truth.Row;
import io.jenkins.plugins.amirefresh.truth.Truth;
import io.jenkins.plugins.amirefresh.truth.TruthJudge;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Sits in the host and in the operation, and judges each row at the moment it is given. */
final class Judge {

    /** Ten minutes: no host is dead for longer. */
    private static final int KEPT_TICKS = 40;

    private static final Pattern RAISED_MAX =
            Pattern.compile("\"max\":\\{\"was\":[0-9]+,\"from\":[0-9]+,\"to\":([0-9]+)}");

    private static final Pattern ANNOUNCED_SUSPENSION =
            Pattern.compile("\"kind\":\"suspend\",\"processes\":\\[([^\\]]*)\\]");

    /** Whoever is to have no instances is as it shall be when it launches the version. */
    private static final Pattern PROVEN =
            Pattern.compile("[^:]+: (all \\d+ instances? healthy on version |no instances; launches version ).*");

    private static final Pattern ANNOUNCED_DESIRED =
            Pattern.compile("\"kind\":\"set-desired\",\"before\":[0-9]+,\"desired\":([0-9]+)");

    private final Watch watch;
    private final Map<String, Object> parameters;
    private final SortedMap<String, GroupResult> rows = new TreeMap<>();
    private final Map<String, Truth> proven = new HashMap<>();
    private final Map<String, Long> unwellBefore = new HashMap<>();
    private final Map<String, Set<String>> thereBefore = new HashMap<>();
    private final World.Nature nature;
    private final ServingJudge serving;
    private final Map<String, Integer> touchedBefore = new HashMap<>();
    private final Truth initial;
    private final NavigableMap<Instant, Truth> ticks = new TreeMap<>();
    private Truth tickBegan;

    Judge(Watch watch, World.Nature nature, Map<String, Object> parameters) {
        this.watch = watch;
        this.nature = nature;
        this.serving = new ServingJudge(watch.simulator(), nature);
        this.parameters = parameters;
        this.initial = watch.now();
        this.tickBegan = initial;
        // A row says what its own step did, not what an earlier one did to the same group.
        watch.accounts().forEach((group, account) -> touchedBefore.put(group, account.touched()));
    }

    /** The last row of each group in this step. */
    SortedMap<String, GroupResult> rows() {
        return rows;
    }

    StepHost host(StepHost host) {
        return new DressedHost(host) {
            @Override
            public void log(String line) {
                if (PROVEN.matcher(line).matches()) {
                    proven.put(line.substring(0, line.indexOf(':')), tickBegan);
                }
                super.log(line);
            }

            @Override
            public Journal journal() {
                return judging(super.journal());
            }

            @Override
            public void save(StepState state) {
                plans(state);
                raised(state);
                super.save(state);
            }
        };
    }

    private Journal judging(Journal journal) {
        return new Journal() {
            @Override
            public void append(JournalEvent event) {
                boolean isNew =
                        journal.events().stream().noneMatch(known -> known.key().equals(event.key()));
                journal.append(event);
                if (isNew && event.fact() instanceof JournalFact.GroupEnded ended) {
                    judge(ended.result());
                }
                if (isNew
                        && event.fact() instanceof JournalFact.AmiMarkedBad marked
                        && nature.isGood()
                        && !isSlowerThanAskedFor(marked)) {
                    violated(Invariant.BLAME, marked.group().name().value(), marked.reason());
                }
            }

            @Override
            public List<JournalEvent> events() {
                return journal.events();
            }
        };
    }

    /** Somebody said how long an instance may take, and the world's machines take longer. */
    private boolean isSlowerThanAskedFor(JournalFact.AmiMarkedBad marked) {
        Duration boot = nature.boot().plus(KindMaker.MARGIN);
        return marked.reason().contains("is not healthy after")
                && watch.plan(marked.group().name().value())
                        .filter(plan -> plan.policy().given().contains(TimeLimit.INSTANCE))
                        .filter(plan -> plan.policy()
                                        .instanceTimeLimit()
                                        .plus(plan.warmup())
                                        .compareTo(boot)
                                < 0)
                        .isPresent();
    }

    StepOperation operation(StepOperation operation) {
        return new StepOperation() {
            @Override
            public Progress advance(StepState state, StepHost host) {
                begin();
                return operation.advance(state, host);
            }

            @Override
            public Progress stop(StepState state, StopReason reason, StepHost host) {
                begin();
                return operation.stop(state, reason, host);
            }

            @Override
            public String describe(StepState state) {
                return operation.describe(state);
            }
        };
    }

    private void begin() {
        tickBegan = watch.now();
        ticks.put(watch.simulator().now(), tickBegan);
        if (ticks.size() > KEPT_TICKS) {
            ticks.pollFirstEntry();
        }
    }

    /** The fleet that a row was decided on, which a host that died since writes down later. */
    private Truth decidedOn(GroupResult row) {
        Map.Entry<Instant, Truth> tick = row.endedAt() == null ? null : ticks.floorEntry(row.endedAt());
        return tick == null ? tickBegan : tick.getValue();
    }

    private void plans(StepState state) {
        boolean isNew = state.documents().keySet().stream()
                .filter(key -> key.startsWith("group:"))
                .anyMatch(key ->
                        watch.plan(key.substring(key.lastIndexOf('/') + 1)).isEmpty());
        if (isNew) {
            FleetWork.works(state).stream()
                    .map(GroupWork::plan)
                    .filter(plan -> watch.plan(plan.group().name().value()).isEmpty())
                    .forEach(this::planned);
        }
    }

    private void planned(RefreshPlan plan) {
        String name = plan.group().name().value();
        watch.planned(plan);
        Optional.ofNullable(watch.now().groups().get(name)).ifPresent(group -> {
            unwellBefore.put(name, unwell(group));
            thereBefore.put(
                    name, group.counting().stream().map(Truth.Instance::id).collect(Collectors.toSet()));
        });
    }

    private void raised(StepState state) {
        state.documents().forEach((key, document) -> {
            if (key.startsWith("group:")) {
                Matcher raised = RAISED_MAX.matcher(document);
                Matcher desired = ANNOUNCED_DESIRED.matcher(document);
                Account account = watch.account(key.substring(key.lastIndexOf('/') + 1));
                account.ourMax(raised.find() ? Integer.parseInt(raised.group(1)) : 0);
                account.ourDesired(desired.find() ? Integer.parseInt(desired.group(1)) : -1);
                Matcher suspension = ANNOUNCED_SUSPENSION.matcher(document);
                account.ourSuspension(suspension.find() ? suspension.group(1) : "");
            }
        });
    }

    private void judge(GroupResult row) {
        String name = row.group().name().value();
        rows.put(name, row);
        Truth look = proven.getOrDefault(name, decidedOn(row));
        Optional<Truth.Group> now = Optional.ofNullable(watch.now().groups().get(name));
        switch (row.outcome()) {
            case REFRESHED, ROLLED_BACK, FAILED -> told(row, look, now);
            case SKIPPED, MISSED, HELD, REFUSED -> {
                told(row, look, now);
                untouched(row, now);
            }
            case PAUSED, UNFINISHED -> {}
        }
        boolean isGoner = initial.goners().containsKey(name);
        if (isGoner && !(row.outcome() == GroupOutcome.SKIPPED && row.reason().contains("delet"))) {
            violated(Invariant.VERDICT, name, "is being deleted, and its row says " + row.outcome());
        }
        if (nature.isQuiet()) {
            now.ifPresent(group -> quiet(row, group));
        }
        // Where nobody else acts and answers come at once, AWS has said why an instance went, and no user ended it.
        boolean isVague = nature.isQuiet()
                && Stream.of("AWS has not said why", "UserInitiatedShutdown").anyMatch(row.reason()::contains);
        if (row.reason().isBlank() || row.reason().contains("\n") || isVague) {
            violated(Invariant.REASON, name, "'" + row.reason() + "'");
        }
    }

    /** What the row says has been so, at this moment, at the one it was decided on, or as a stale answer shows it. */
    private void told(GroupResult row, Truth look, Optional<Truth.Group> now) {
        String name = row.group().name().value();
        boolean needsNone = row.outcome() != GroupOutcome.REFRESHED && row.outcome() != GroupOutcome.ROLLED_BACK;
        List<String> lies = new ArrayList<>(now.map(group -> lies(row, watch.now(), group))
                .orElse(needsNone ? List.of() : List.of("there is no such group")));
        Stream.concat(Stream.of(look), watch.recent.truths().stream())
                .filter(shown -> shown.groups().containsKey(name))
                .forEach(shown -> lies.retainAll(lies(row, shown, shown.group(name))));
        if (!lies.isEmpty()) {
            violated(Invariant.ROW, name, row.outcome().text() + ", but " + lies);
        }
    }

    private void untouched(GroupResult row, Optional<Truth.Group> now) {
        String name = row.group().name().value();
        boolean isDeleted = now.isEmpty() || row.reason().contains("the group is being deleted");
        boolean isOurs = watch.account(name).touched() > touchedBefore.getOrDefault(name, 0)
                && !nature.has(Kind.TWO_CONTROLLERS);
        if (isOurs && !isDeleted) {
            violated(Invariant.UNTOUCHED, name, row.outcome().text() + ": " + row.reason());
        }
    }

    /** Where nobody else acts, all that happens is our doing. */
    private void quiet(GroupResult row, Truth.Group group) {
        watch.plan(group.name())
                .flatMap(plan -> serving.overrun(plan, row, group))
                .ifPresent(what -> violated(Invariant.SERVING, group.name(), what));
        boolean isBad = row.outcome() == GroupOutcome.FAILED || row.outcome() == GroupOutcome.ROLLED_BACK;
        if (isBad && nature.isGood() && nature.plain().contains(group.name()) && !isAwssHaste(row, group)) {
            violated(Invariant.LIVENESS, group.name(), row.outcome().text() + ": " + row.reason());
        }
    }

    /** AWS's own refresh was asked for by name where it does not wait as long as the machines take. */
    private boolean isAwssHaste(GroupResult row, Truth.Group group) {
        return Stream.of("AWS would have gone on after a warmup of", "left that serve, minimum is")
                        .anyMatch(row.reason()::contains)
                && watch.plan(group.name())
                        .filter(plan -> plan.warmup().compareTo(nature.boot().plus(KindMaker.MARGIN)) < 0)
                        .isPresent();
    }

    private List<String> lies(GroupResult row, Truth truth, Truth.Group group) {
        boolean isBack = row.outcome() == GroupOutcome.ROLLED_BACK;
        return new TruthJudge(
                        (said, instance) -> isLeftAlone(group.name(), instance, isBack)
                                || (isBack && isAsUnwellAsBefore(row, group, instance)),
                        (now, instance) -> TruthJudge.seemsToServe(now, instance) || isStillTakenForWell(instance))
                .lies(Row.of(row), truth, group);
    }

    /** It broke a moment ago: its load balancers, which are all that tells, have not asked it twice since. */
    private boolean isStillTakenForWell(Truth.Instance instance) {
        return !nature.isGood() && instance.isHealthy();
    }

    /** Who was there before and did not serve, or got sick by itself, is no worse for a way back whose row names it. */
    private boolean isAsUnwellAsBefore(GroupResult row, Truth.Group now, Truth.Instance instance) {
        return row.reason().contains(instance.id())
                && row.reason().contains("as many as when it went back")
                && (unwell(now) <= unwellBefore.getOrDefault(now.name(), 0L)
                        || thereBefore.getOrDefault(now.name(), Set.of()).contains(instance.id()));
    }

    private static long unwell(Truth.Group group) {
        return group.counting().stream()
                .filter(instance -> !TruthJudge.seemsToServe(group, instance))
                .count();
    }

    private boolean isLeftAlone(String name, Truth.Instance instance, boolean isBack) {
        boolean isIgnored = (instance.isProtected() && "Ignore".equals(parameters.get("scaleInProtectedInstances")))
                || (instance.isStandby() && "Ignore".equals(parameters.get("standbyInstances")));
        boolean wasThere = initial.groups().containsKey(name)
                && initial.group(name).instances().stream()
                        .anyMatch(earlier -> earlier.id().equals(instance.id()));
        return isIgnored && (!isBack || wasThere);
    }

    private void violated(Invariant invariant, String group, String what) {
        watch.violated(new Violation(invariant, group, what));
    }
}
