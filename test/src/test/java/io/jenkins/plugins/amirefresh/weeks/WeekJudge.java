package io.jenkins.plugins.amirefresh.weeks;

import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.journal.GroupResult;
import io.jenkins.plugins.amirefresh.journal.JournalEvent;
import io.jenkins.plugins.amirefresh.journal.JournalFact;
import io.jenkins.plugins.amirefresh.scenario.Scenario;
import io.jenkins.plugins.amirefresh.simulator.Simulator;
import io.jenkins.plugins.amirefresh.simulator.kernel.EventLog.Effect;
import io.jenkins.plugins.amirefresh.step.Progress;
import io.jenkins.plugins.amirefresh.weeks.Opening.Stretch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether a week went as it is promised, by what AWS saw: whoever launched or ended an instance after the start was a build, since
 * nobody else does here.
 */
final class WeekJudge {

    private static final Pattern LAUNCHED = Pattern.compile("launched into (\\w+) from .*?([0-9]+)$");
    private static final Pattern ENDED = Pattern.compile("terminated: .*");
    /** Within a refresh, or the way back, something happens at least so often. */
    private static final Duration PAUSE = Duration.ofMinutes(45);
    /** A window that is about to close may be over before anything can be done. */
    private static final Duration SHORT = Duration.ofMinutes(3);

    private final Week week;
    private final List<Scenario> builds;
    private final List<Progress> ends;
    private final Map<String, List<Happened>> happened = new HashMap<>();
    private final List<String> violations = new ArrayList<>();
    private final TreeMap<String, Integer> counts = new TreeMap<>();
    private final List<Map<String, List<GroupResult>>> rows = new ArrayList<>();
    private final Instant end;

    /** An instance of this version was launched or ended. */
    private record Happened(Instant at, int version, boolean isLaunch) {}

    WeekJudge(Week week, Simulator simulator, List<Scenario> builds, List<Progress> ends) {
        this.week = week;
        this.builds = builds;
        this.ends = ends;
        this.end = simulator.now();
        read(simulator.effects());
        builds.forEach(build -> rows.add(rows(build)));
    }

    private void read(List<Effect> effects) {
        Map<String, String> groups = new HashMap<>();
        Map<String, Integer> versions = new HashMap<>();
        for (Effect effect : effects) {
            Matcher launched = LAUNCHED.matcher(effect.change());
            boolean isLaunch = launched.find();
            if (isLaunch) {
                groups.put(effect.resource(), launched.group(1));
                versions.put(effect.resource(), Integer.parseInt(launched.group(2)));
            }
            String group = groups.get(effect.resource());
            boolean isOurs = effect.at().isAfter(week.start())
                    && (isLaunch || ENDED.matcher(effect.change()).matches());
            if (group != null && isOurs) {
                happened.computeIfAbsent(group, name -> new ArrayList<>())
                        .add(new Happened(effect.at(), versions.getOrDefault(effect.resource(), 0), isLaunch));
            }
        }
    }

    private static Map<String, List<GroupResult>> rows(Scenario build) {
        Map<String, List<GroupResult>> found = new HashMap<>();
        build.journal().stream()
                .map(JournalEvent::fact)
                .filter(JournalFact.GroupEnded.class::isInstance)
                .map(fact -> ((JournalFact.GroupEnded) fact).result())
                .forEach(row -> found.computeIfAbsent(row.group().name().value(), name -> new ArrayList<>())
                        .add(row));
        return found;
    }

    Map<String, Integer> counts() {
        return counts;
    }

    List<String> violations() {
        for (int i = 0; i < ends.size(); i++) {
            if (!(ends.get(i) instanceof Progress.Done)) {
                violations.add("build " + (i + 1) + " ended " + ends.get(i));
            }
        }
        for (WeekGroup group : week.groups()) {
            List<String> found = new ArrayList<>();
            once(group).ifPresent(found::add);
            inside(group).ifPresent(found::add);
            for (int build = 0; build < builds.size(); build++) {
                row(group, build).ifPresent(found::add);
            }
            prompt(group).ifPresent(found::add);
            found.forEach(what ->
                    violations.add(group.name() + " " + group.tags() + " in '" + group.environment() + "': " + what));
        }
        return violations.stream()
                .map(text -> "seed " + week.seed() + ": " + text + "\n   " + week.parameters() + " " + week.start())
                .toList();
    }

    private List<Happened> happened(WeekGroup group) {
        return happened.getOrDefault(group.name(), List.of());
    }

    private boolean wentBack(WeekGroup group) {
        return rows.stream()
                .flatMap(build -> build.getOrDefault(group.name(), List.of()).stream())
                .anyMatch(row -> row.outcome() == GroupOutcome.ROLLED_BACK || row.outcome() == GroupOutcome.FAILED);
    }

    private Optional<String> once(WeekGroup group) {
        long launched = happened(group).stream()
                .filter(one -> one.isLaunch() && one.version() == 2)
                .count();
        boolean isBack = happened(group).stream().anyMatch(one -> one.isLaunch() && one.version() == 1);
        boolean isUndone = happened(group).stream().anyMatch(one -> !one.isLaunch() && one.version() == 2);
        return (launched > group.size() || isBack || isUndone) && !wentBack(group)
                ? Optional.of("replaced twice, or back without a row that says so: " + happened(group))
                : Optional.empty();
    }

    /** Everything that happened lies in a window, or belongs to what began in one. */
    private Optional<String> inside(WeekGroup group) {
        if (week.mode() == Week.Mode.IGNORE) {
            return Optional.empty();
        }
        Instant last = Instant.MIN;
        for (Happened one : happened(group)) {
            boolean belongs =
                    last.isAfter(Instant.MIN) && worked(last, one.at()).compareTo(PAUSE) <= 0;
            boolean isLate = week.is("missed", "asSoonAsPossible") && mayCatchUp(group, one.at());
            if (!belongs && !group.isOpen(one.at(), week.dark()) && !isOnItsWay(group, one.at()) && !isLate) {
                return Optional.of("outside its windows at " + one.at() + ": " + happened(group) + ", open "
                        + near(group, one.at()));
            }
            last = one.at();
        }
        return Optional.empty();
    }

    /** The call came in time, what it led to a little later. */
    private boolean isOnItsWay(WeekGroup group, Instant at) {
        return group.isOpen(at.minusSeconds(90), week.dark());
    }

    private boolean mayCatchUp(WeekGroup group, Instant at) {
        boolean isDark = group.said().stream()
                .flatMap(said -> said.openings().stream())
                .anyMatch(opening -> week.dark().test(at.atZone(opening.zone()).toLocalDate()));
        return !isDark
                && group.stretches(at, week.start(), at, week.dark()).stream()
                        .anyMatch(stretch -> !stretch.to().isAfter(at));
    }

    private Duration worked(Instant from, Instant to) {
        Duration worked = Duration.between(from, to);
        for (Map.Entry<Instant, Duration> outage : week.outages().entrySet()) {
            if (!outage.getKey().isBefore(from) && outage.getKey().isBefore(to)) {
                worked = worked.minus(outage.getValue());
            }
        }
        return worked;
    }

    private List<Stretch> near(WeekGroup group, Instant at) {
        return group.stretches(at, at.minus(Duration.ofDays(2)), at.plus(Duration.ofDays(8)), week.dark());
    }

    private Optional<String> row(WeekGroup group, int build) {
        List<GroupResult> found = rows.get(build).getOrDefault(group.name(), List.of());
        if (found.isEmpty() && isOfNoWave(group)) {
            return Optional.empty();
        }
        if (found.isEmpty()) {
            return Optional.of("no row in build " + (build + 1));
        }
        GroupResult row = found.get(found.size() - 1);
        counts.merge(row.outcome().text(), 1, Integer::sum);
        boolean isAnotherWord = found.size() == 2 && found.get(0).outcome() != row.outcome();
        if (found.size() > 1 && !isAnotherWord) {
            return Optional.of(found.size() + " rows in build " + (build + 1) + ": " + found);
        }
        boolean isRefreshed = row.outcome() == GroupOutcome.REFRESHED;
        if (!isRefreshed && row.reason().isEmpty()) {
            return Optional.of("a row without a reason: " + row);
        }
        return isExcused(group, build, row)
                ? Optional.empty()
                : Optional.of("no cause for " + row.outcome().text() + " (" + row.reason() + ") of build "
                        + (build + 1) + " at " + row.endedAt() + ", others " + outcomes(build) + ", open "
                        + near(
                                group,
                                week.builds().get(Math.min(build, week.builds().size() - 1))));
    }

    /** The build's report has its row, unless another step names it. */
    private boolean isOfNoWave(WeekGroup group) {
        return week.is("others", "refuse")
                && happened(group).isEmpty()
                && !String.valueOf(week.parameters().get("waves"))
                        .contains("environments=" + group.environment()
                                + (group.environment().isEmpty() ? "." : ""));
    }

    private Map<String, String> outcomes(int build) {
        Map<String, String> outcomes = new TreeMap<>();
        rows.get(build)
                .forEach((name, list) ->
                        outcomes.put(name, list.get(list.size() - 1).outcome().text()));
        return outcomes;
    }

    private boolean isExcused(WeekGroup group, int build, GroupResult row) {
        Instant at = row.endedAt() == null ? end : row.endedAt();
        return switch (row.outcome()) {
            case REFRESHED ->
                happened(group).stream().anyMatch(one -> one.isLaunch() && one.version() == 2)
                        || row.reason().length() > 0;
            case SKIPPED -> isDone(group, at) || !isDueIn(group, build, at);
            case MISSED -> hasClosed(group, at) || !week.is("overrun", "ignore");
            case HELD ->
                outcomes(build).values().stream().anyMatch(text -> !text.equals("refreshed") && !text.equals("held"))
                        || ((week.answers() < 0 || week.answers() >= 19) && week.has("waves"));
            case REFUSED ->
                !group.hasWindow(at)
                        || week.has("waves")
                        || !week.is("overrun", "ignore")
                        || hasFailed(group.family())
                        || row.reason().contains("its window never opens");
            case UNFINISHED -> week.is("overrun", "finishBatch");
            case ROLLED_BACK -> group.isBad() || week.is("overrun", "rollback");
            case FAILED, PAUSED -> false;
        };
    }

    private boolean hasFailed(String family) {
        return week.groups().stream().anyMatch(group -> group.family().equals(family) && wentBack(group));
    }

    private boolean isDone(WeekGroup group, Instant at) {
        return happened(group).stream()
                        .filter(one -> one.isLaunch()
                                && one.version() == 2
                                && !one.at().isAfter(at))
                        .count()
                >= group.size();
    }

    /** A window that is open now or opens as long as the build waits. */
    private boolean isDueIn(WeekGroup group, int build, Instant at) {
        Instant start = week.builds().get(Math.min(build, week.builds().size() - 1));
        Instant last = week.mode() == Week.Mode.DUE ? at : start.plus(week.waits());
        return group.stretches(at, start, last.plusSeconds(1), week.dark()).stream()
                .anyMatch(stretch -> !stretch.from().isAfter(last)
                        && stretch.to().isAfter(at.plus(week.mode() == Week.Mode.DUE ? SHORT : Duration.ZERO)));
    }

    private boolean hasClosed(WeekGroup group, Instant at) {
        boolean mayKeep = !week.isFree() || group.hasChanges();
        return group.stretches(at, week.start(), at, week.dark()).stream()
                .filter(stretch -> !stretch.to().isAfter(at))
                .anyMatch(stretch -> mayKeep
                        || Duration.between(
                                                stretch.from().isAfter(week.start()) ? stretch.from() : week.start(),
                                                stretch.to())
                                        .compareTo(SHORT)
                                < 0
                        || week.mode() == Week.Mode.DUE);
    }

    /** Nothing keeps it, so it begins when its window opens. */
    private Optional<String> prompt(WeekGroup group) {
        if (!week.isFree() || group.hasChanges() || week.mode() == Week.Mode.IGNORE) {
            return Optional.empty();
        }
        Instant last = week.builds().get(week.builds().size() - 1);
        Instant until = week.mode() == Week.Mode.DUE ? last : week.start().plus(week.waits());
        Optional<Instant> due = group.stretches(week.start(), week.start(), until.plusSeconds(1), week.dark()).stream()
                .filter(stretch -> !stretch.from().isAfter(until))
                .flatMap(stretch -> begins(stretch).stream())
                .findFirst();
        if (due.isEmpty()) {
            return Optional.empty();
        }
        Instant latest = due.get().plus(Duration.ofMinutes(4));
        boolean isPrompt = happened(group).stream().anyMatch(one -> !one.at().isAfter(latest));
        counts.merge("prompt", 1, Integer::sum);
        return isPrompt
                ? Optional.empty()
                : Optional.of("did not begin at " + due.get() + ": " + happened(group) + ", rows "
                        + rows.stream().map(build -> build.get(group.name())).toList());
    }

    private Optional<Instant> begins(Stretch stretch) {
        return week.builds().stream()
                .map(build -> week.mode() == Week.Mode.WAIT && build.isBefore(stretch.from()) ? stretch.from() : build)
                .filter(at -> stretch.has(at) && stretch.has(at.plus(SHORT)))
                .findFirst();
    }
}
