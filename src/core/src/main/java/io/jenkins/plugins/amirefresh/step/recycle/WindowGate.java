package io.jenkins.plugins.amirefresh.step.recycle;

import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.schedule.DefaultWindows;
import io.jenkins.plugins.amirefresh.schedule.DurationText;
import io.jenkins.plugins.amirefresh.schedule.MaintenanceWindow;
import io.jenkins.plugins.amirefresh.schedule.Schedule;
import io.jenkins.plugins.amirefresh.schedule.ScheduleTags;
import io.jenkins.plugins.amirefresh.schedule.WindowCalendar;
import io.jenkins.plugins.amirefresh.schedule.WindowDefaults;
import io.jenkins.plugins.amirefresh.step.Settings;
import io.jenkins.plugins.amirefresh.step.StepHost;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether a group may start now, by its window. */
final class WindowGate {

    private final RecycleSettings settings;
    private final ScheduleTags tags;
    private final Instant firstStart;
    private final Instant lastStart;

    WindowGate(StepHost host, RecycleSettings settings) {
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
     * @param start when the open window opened, or the next one opens; null without windows
     */
    record Answer(@Nullable GroupOutcome outcome, boolean isOpen, String reason, @Nullable Instant start) {}

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
        MaintenanceWindow window = found.get();
        if (window.contains(now)) {
            return open(window.start());
        }
        String next = "next window " + window.start() + " (" + calendar.text() + ")";
        if (settings.windows() == RecycleSettings.Windows.DUE || window.start().isAfter(lastStart)) {
            Optional<MaintenanceWindow> last =
                    calendar.lastClosed(now).filter(closed -> closed.end().isAfter(firstStart));
            return last.map(closed -> new Answer(
                            GroupOutcome.MISSED, false, missed(closed, candidate, now) + "; " + next, closed.start()))
                    .orElseGet(() ->
                            new Answer(GroupOutcome.SKIPPED, false, "not due in this run: " + next, window.start()));
        }
        return new Answer(null, false, "waiting for its window: " + next, window.start());
    }

    private static String missed(MaintenanceWindow window, Candidate candidate, Instant now) {
        Duration since = Duration.between(window.end(), now).truncatedTo(ChronoUnit.SECONDS);
        String late = DurationText.of(since);
        String closed = "its window " + window.start() + " to " + window.end() + " was open during this run, ";
        if (candidate.isFirstLook()) {
            return closed + "the step that names it began " + late + " too late";
        }
        return closed + "it could not start in it" + (since.isZero() ? "" : ", now it is " + late + " too late") + ": "
                + (candidate.keptBy() == null ? "nobody looked at it meanwhile" : candidate.keptBy());
    }

    static Answer open(@Nullable Instant start) {
        return new Answer(null, true, "", start);
    }

    private static Answer refused(String reason) {
        return new Answer(GroupOutcome.REFUSED, false, reason, null);
    }
}
