package io.jenkins.plugins.amirefresh.step.recycle;

import io.jenkins.plugins.amirefresh.step.parameters.ParameterSpec;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterType;
import java.util.List;
import java.util.stream.Stream;

/** What {@code recycleAsgs} takes about when groups may start. */
final class RecycleTimes {

    static final String WINDOWS = "windows";
    static final String WINDOW = "window";
    static final String BLACKOUT = "blackout";
    static final String WAIT_AT_MOST = "waitAtMost";
    static final String MISSED = "missed";
    static final String OVERRUN = "overrun";

    private RecycleTimes() {}

    static List<ParameterSpec> parameters() {
        return Stream.of(windows(), late(), List.of(maxConcurrent()))
                .flatMap(List::stream)
                .toList();
    }

    private static List<ParameterSpec> late() {
        return List.of(
                ParameterSpec.choice(
                        MISSED,
                        List.of("next", "asSoonAsPossible", "fail"),
                        "next",
                        "What becomes of a group whose window closed before it could start, since others kept it waiting or the"
                                + " controller was down: 'next' waits for its next window, which has to open within"
                                + " waitAtMost, 'asSoonAsPossible' starts it outside its window, on no day of 'blackout',"
                                + " 'fail' gives it up in this run. With windows: 'due', a window that opened and closed"
                                + " since the build before this one was missed, too."),
                ParameterSpec.choice(
                        OVERRUN,
                        List.of("ignore", "finish", "finishBatch", "rollback"),
                        "ignore",
                        "What becomes of a group that takes longer than its window. 'ignore' starts it as long as its window"
                                + " is open and lets it go on to its end. The others start it only where its estimate fits into"
                                + " what is left of the window, else in the next one, and refuse it where no window of it is"
                                + " long enough; when it takes longer all the same, 'finish' lets it go on to its end,"
                                + " 'rollback' brings it back. 'finishBatch' starts it where one batch fits, ends it at the"
                                + " end of the window with the batch in flight, and goes on in its next window."));
    }

    private static List<ParameterSpec> windows() {
        return List.of(
                ParameterSpec.choice(
                        WINDOWS,
                        List.of("wait", "due", "ignore"),
                        "wait",
                        "'wait' for each group's window, take only groups whose window is open now ('due'), or 'ignore'"
                                + " windows."),
                ParameterSpec.optional(
                        WINDOW,
                        ParameterType.TEXT,
                        "the default of the group's environment",
                        "The windows of groups that have no tags for it, before what their environment has by default: 'sun"
                                + " 19:00', 'mon,wed 15:00 2h', 'mon-fri 02:00', 'first sun 19:00 4h Europe/London', 'second"
                                + " tue +3d 02:00', or cron as in '0 19 * * sun 4h'; several with semicolons. The tags"
                                + " AMI_update_zone and AMI_update_duration hold for them too."),
                ParameterSpec.optional(
                        BLACKOUT,
                        ParameterType.LIST,
                        "none",
                        "Days on which no window opens, and at whose beginning an open one closes, in the time zone of the"
                                + " window: 2026-12-24, or 12-25 for every year, or first and last day as in"
                                + " 2026-12-24..2027-01-02 or 12-24..01-02. With windows: 'ignore' they are ignored too."),
                ParameterSpec.optional(
                        WAIT_AT_MOST,
                        ParameterType.DURATION,
                        "7d",
                        "With windows: 'wait': a group whose window opens later than this after the start of the build is"
                                + " skipped."));
    }

    private static ParameterSpec maxConcurrent() {
        return ParameterSpec.optional(
                RecycleAsgs.MAX_CONCURRENT,
                ParameterType.INTEGER,
                "10",
                "Groups refreshed at the same time, 1 or more; the others start when one ends.");
    }
}
