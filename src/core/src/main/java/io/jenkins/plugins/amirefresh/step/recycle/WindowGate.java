package io.jenkins.plugins.amirefresh.step.recycle;

import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.journal.JournalEvent;
import io.jenkins.plugins.amirefresh.journal.JournalFact;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.schedule.DefaultWindows;
import io.jenkins.plugins.amirefresh.schedule.DurationText;
import io.jenkins.plugins.amirefresh.schedule.MaintenanceWindow;
import io.jenkins.plugins.amirefresh.schedule.Schedule;
import io.jenkins.plugins.amirefresh.schedule.ScheduleTags;
import io.jenkins.plugins.amirefresh.schedule.WindowCalendar;
import io.jenkins.plugins.amirefresh.schedule.WindowDefaults;
import io.jenkins.plugins.amirefresh.step.EarlierRun;
import io.jenkins.plugins.amirefresh.step.Settings;
import io.jenkins.plugins.amirefresh.step.StepHost;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether a group may start now, by its window. */
final class WindowGate {

    /** Builds that failed before they looked at any group say nothing; so many of them in a row are enough. */
    private static final int RUNS_TO_LOOK_THROUGH = 10;

    private static final String TOO_SHORT = "too little is left of its window for it";

    private final RecycleSettings settings;
    private final ScheduleTags tags;
    private final StepHost host;
    private final Instant firstStart;
    private final Instant lastStart;
    private Optional<Instant> lastLook = Optional.empty();
    private boolean hasAskedForLastLook;

    WindowGate(StepHost host, RecycleSettings settings) {
        this.host = host;
        this.settings = settings;
        Settings defaults = host.settings();
        this.tags = new ScheduleTags(new WindowDefaults(
                settings.window(),
                DefaultWindows.of(defaults.windows()),
                defaults.zone(),
                defaults.windowDuration(),
                defaults.tagNames(),
                settings.blackout()));
        this.firstStart = host.run().startedAt();
        this.lastStart = host.run().startedAt().plus(settings.waitAtMost());
    }

    /**
     * What the window says.
     *
     * @param outcome the group's end when it may not start in this run at all, else null
     * @param start when the open window opened, or the next one opens; of one that is caught up with, when that opened; null
     *     without windows
     * @param lookAt when to ask again while it is not open; null without windows
     * @param end when the window closes that is open or opens next; null without windows, and where one is caught up with
     * @param missed which window was over before the group could start, and why; empty for none
     */
    record Answer(
            @Nullable GroupOutcome outcome,
            boolean isOpen,
            String reason,
            @Nullable Instant start,
            @Nullable Instant lookAt,
            String missed,
            @Nullable Instant end) {

        private static Answer ended(GroupOutcome outcome, String reason, @Nullable Instant start) {
            return new Answer(outcome, false, reason, start, start, "", null);
        }
    }

    /** When the group may be changed, in its team's zone; empty when nobody asks or nobody can say. */
    String windows(GroupObservation group, Candidate candidate) {
        return settings.windows() == RecycleSettings.Windows.IGNORE
                ? ""
                : tags.read(group.tags(), candidate.environment())
                        .fold(windows -> windows.calendar().text(), unset -> "", unreadable -> "");
    }

    Answer ask(GroupObservation group, Candidate candidate, Instant now) {
        Schedule schedule = tags.read(group.tags(), candidate.environment());
        return schedule.fold(
                windows -> opens(windows, candidate, now),
                unset -> settings.windows() == RecycleSettings.Windows.IGNORE ? open(null) : refused(unset.reason()),
                unreadable -> refused(unreadable.reason()));
    }

    /** What is said of a group that waits for its window. */
    static String line(StepHost host, GroupObservation group, Answer answer) {
        String gone = Pins.gone(host, group);
        return gone.isEmpty() ? answer.reason() : answer.reason() + "; " + gone;
    }

    private Answer opens(Schedule.Windows windows, Candidate candidate, Instant now) {
        if (settings.windows() == RecycleSettings.Windows.IGNORE) {
            return open(null);
        }
        WindowCalendar calendar = windows.calendar();
        Optional<MaintenanceWindow> found = calendar.currentOrNext(now);
        if (found.isEmpty()) {
            return refused("its window never opens: " + calendar.text());
        }
        MaintenanceWindow first = found.get();
        boolean isPassed = first.contains(now) && first.end().equals(candidate.passed());
        if (first.contains(now) && !isPassed) {
            return new Answer(null, true, "", first.start(), null, "", first.end());
        }
        Optional<MaintenanceWindow> window = isPassed ? calendar.next(now) : found;
        String passed = isPassed ? TOO_SHORT + "; " : "";
        return window.map(next -> closed(calendar, next, passed, candidate, now))
                .orElseGet(() -> refused(passed + "no other one opens: " + calendar.text()));
    }

    /**
     * No window is open for it.
     *
     * @param passed that one is, of which too little is left; empty when none is
     */
    private Answer closed(
            WindowCalendar calendar, MaintenanceWindow window, String passed, Candidate candidate, Instant now) {
        Optional<MaintenanceWindow> over = calendar.lastClosed(now).filter(closed -> hasMissed(closed, candidate));
        if (over.isPresent() && settings.missed() == RecycleSettings.Missed.AS_SOON_AS_POSSIBLE) {
            return catchingUp(calendar, over.get(), candidate, now);
        }
        String next = passed + "next window " + window.start() + " (" + calendar.text() + ")";
        if (over.isPresent() && settings.missed() == RecycleSettings.Missed.FAIL) {
            String why = missed(over.get(), candidate, now);
            return Answer.ended(
                    GroupOutcome.MISSED, why + "; " + next, over.get().start());
        }
        boolean isLater = settings.windows() == RecycleSettings.Windows.DUE
                || window.start().isAfter(lastStart);
        if (isLater) {
            return notAgain(calendar, window, next, !passed.isEmpty(), candidate, now);
        }
        return new Answer(
                null,
                false,
                "waiting for its window: " + next,
                window.start(),
                window.start(),
                over.map(closed -> missed(closed, candidate, now)).orElse(""),
                window.end());
    }

    /** Its next window is not in this run. */
    private Answer notAgain(
            WindowCalendar calendar,
            MaintenanceWindow window,
            String next,
            boolean isPassed,
            Candidate candidate,
            Instant now) {
        if (candidate.isToGoOn()) {
            return Answer.ended(GroupOutcome.SKIPPED, next, window.start());
        }
        if (isPassed) {
            return Answer.ended(GroupOutcome.MISSED, next, candidate.standing().due());
        }
        Optional<MaintenanceWindow> last =
                calendar.lastClosed(now).filter(closed -> closed.end().isAfter(firstStart));
        return last.map(closed ->
                        Answer.ended(GroupOutcome.MISSED, missed(closed, candidate, now) + "; " + next, closed.start()))
                .orElseGet(() -> Answer.ended(GroupOutcome.SKIPPED, "not due in this run: " + next, window.start()));
    }

    /** A window that the group waited for, or that was open before anybody looked at it, and in which it did not start. */
    private boolean hasMissed(MaintenanceWindow closed, Candidate candidate) {
        Instant due = candidate.standing().due();
        boolean isOurs = candidate.isFirstLook()
                ? closed.end().isAfter(firstStart) || hasOpenedUnseen(closed)
                : due != null && !closed.start().isBefore(due);
        return isOurs && !closed.start().isAfter(lastStart);
    }

    /** Of a job that looks now and then who is due: nobody looked while it was open. */
    private boolean hasOpenedUnseen(MaintenanceWindow closed) {
        if (settings.windows() != RecycleSettings.Windows.DUE || settings.missed() == RecycleSettings.Missed.NEXT) {
            return false;
        }
        if (!hasAskedForLastLook) {
            hasAskedForLastLook = true;
            lastLook = host.earlierRuns().stream()
                    .limit(RUNS_TO_LOOK_THROUGH)
                    .flatMap(run -> lookOf(run).stream())
                    .findFirst();
        }
        return lastLook.filter(at -> closed.start().isAfter(at)).isPresent();
    }

    private static Optional<Instant> lookOf(EarlierRun run) {
        return run.history().get().events().stream()
                .filter(event -> event.fact() instanceof JournalFact.GroupsChosen chosen && !chosen.isDryRun())
                .map(JournalEvent::at)
                .reduce((earlier, later) -> later);
    }

    private Answer catchingUp(WindowCalendar calendar, MaintenanceWindow closed, Candidate candidate, Instant now) {
        String missed = missed(closed, candidate, now);
        return calendar.blackoutUntil(now)
                .map(until -> new Answer(
                        null,
                        false,
                        "waiting to catch up with its window of " + closed.start() + ", nothing starts before " + until
                                + " (" + calendar.text() + ")",
                        closed.start(),
                        until,
                        missed,
                        null))
                .orElseGet(() -> new Answer(null, true, "", closed.start(), null, "catching up, " + missed, null));
    }

    private String missed(MaintenanceWindow window, Candidate candidate, Instant now) {
        Duration since = Duration.between(window.end(), now).truncatedTo(ChronoUnit.SECONDS);
        String late = DurationText.of(since);
        String opened = "its window " + window.start() + " to " + window.end() + " was open ";
        if (!window.end().isAfter(firstStart)) {
            return opened + "before this run, and after the one before it looked";
        }
        String closed = opened + "during this run, ";
        if (candidate.isFirstLook()) {
            return closed + "the step that names it began " + late + " too late";
        }
        return closed + "it could not start in it" + (since.isZero() ? "" : ", now it is " + late + " too late") + ": "
                + (candidate.keptBy() == null ? "nobody looked at it meanwhile" : candidate.keptBy());
    }

    static Answer open(@Nullable Instant start) {
        return new Answer(null, true, "", start, null, "", null);
    }

    private static Answer refused(String reason) {
        return Answer.ended(GroupOutcome.REFUSED, reason, null);
    }
}
