package io.jenkins.plugins.amirefresh.step.fleet;

import io.jenkins.plugins.amirefresh.refresh.RefreshState.Ending;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.StepState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What people are told at once when a step shall end early: which groups are still on their way to a safe place, what happens
 * there, and how long that may take. Said once, also over a restart.
 */
public final class StopNotice {

    private static final String SAID = "stop-said";

    /** AWS's own work on a change of sizes or a cancelled refresh, which no limit of ours shortens. */
    private static final Duration PUTTING_BACK = Duration.ofMinutes(15);

    private StopNotice() {}

    /**
     * Says it, if it was not said before.
     *
     * @param step the function name of the step
     * @param why one line: who or what ends it
     * @param waiting groups whose turn had not come
     */
    public static StepState say(StepState state, String step, String why, int waiting, StepHost host) {
        if (state.document(SAID).isPresent()) {
            return state;
        }
        List<GroupWork> open =
                FleetWork.works(state).stream().filter(work -> !work.isEnded()).toList();
        lines(step, why, open, waiting, host.clock().instant()).forEach(host::log);
        return state.with(SAID, "true");
    }

    static List<String> lines(String step, String why, List<GroupWork> open, int waiting, Instant now) {
        List<String> lines = new ArrayList<>();
        String rest = waiting == 0
                ? ""
                : "; " + groups(waiting, " waited for its turn and is", " waited for their turn and are") + " left as "
                        + (waiting == 1 ? "it is" : "they are");
        if (open.isEmpty()) {
            lines.add(step + ": " + why + "; no group is in flight" + rest);
            return lines;
        }
        Duration longest = open.stream()
                .map(work -> atMost(work, now))
                .max(Comparator.naturalOrder())
                .orElseThrow();
        lines.add(step + ": " + why + "; " + groups(open.size(), " is", " are")
                + " brought to a safe place first, which may take " + text(longest) + rest);
        open.forEach(
                work -> lines.add(work.group().name() + ": " + what(work) + ", at most " + text(atMost(work, now))));
        return lines;
    }

    private static String groups(int count, String one, String more) {
        return count + (count == 1 ? " group" + one : " groups" + more);
    }

    private static String what(GroupWork work) {
        return switch (work.phase()) {
            case REFRESHING -> finishesBatch(work) ? "finishing the batch in flight" : "undoing what is temporary";
            case ROLLING_BACK -> "going back to version " + work.record().from();
            case RESTORING -> "undoing what is temporary";
            case NAMING, NAMING_BACK, ENDED -> "putting back how the group names its version";
        };
    }

    private static Duration atMost(GroupWork work, Instant now) {
        return switch (work.phase()) {
            case REFRESHING ->
                finishesBatch(work)
                        ? left(work, now, work.plan().policy().batchTimeLimit().plus(PUTTING_BACK))
                        : PUTTING_BACK;
            case ROLLING_BACK -> left(work, now, work.plan().policy().groupTimeLimit());
            case RESTORING, NAMING, NAMING_BACK, ENDED -> PUTTING_BACK;
        };
    }

    private static boolean finishesBatch(GroupWork work) {
        return work.changed()
                && work.state()
                        .earlyEnding()
                        .filter(ending -> ending.way() == Ending.Way.FINISH_BATCH)
                        .isPresent();
    }

    /** No longer than the group's own time limit lets it. */
    private static Duration left(GroupWork work, Instant now, Duration wanted) {
        Instant end = work.state().startedAt().plus(work.plan().policy().groupTimeLimit());
        Duration left = Duration.between(now, end);
        if (left.compareTo(PUTTING_BACK) < 0) {
            return PUTTING_BACK;
        }
        return left.compareTo(wanted) < 0 ? left : wanted;
    }

    private static String text(Duration duration) {
        long minutes = Math.max(1, duration.plusSeconds(59).toMinutes());
        String rest = minutes % 60 == 0 ? "" : minutes % 60 + " min";
        return minutes < 60 ? rest : (minutes / 60 + " h " + rest).trim();
    }
}
