package io.jenkins.plugins.amirefresh.step.fleet;

import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.journal.GroupResult;
import io.jenkins.plugins.amirefresh.journal.JournalFact;
import io.jenkins.plugins.amirefresh.model.InstanceId;
import io.jenkins.plugins.amirefresh.refresh.LeftCanary;
import io.jenkins.plugins.amirefresh.step.LockHolder;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.fleet.GroupWork.Phase;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One group in one tick: its work, its line on the console and its row. */
abstract class ToldGroup {

    private static final Pattern REQUEST = Pattern.compile(" \\(request id [^)]*\\)");

    final String step;
    final StepHost host;
    final Fleet fleet;
    final Instant now;
    final String name;
    final boolean isRestore;
    final GroupStory story;
    final Blame blame;
    GroupWork work;

    ToldGroup(FleetTick tick, String name, GroupWork work) {
        this.step = tick.step();
        this.host = tick.host();
        this.fleet = tick.fleet();
        this.now = tick.now();
        this.story = new GroupStory(host, step, now);
        this.blame = new Blame(new BadAmis(host, fleet.places(), step), name);
        this.name = name;
        this.work = work;
        this.isRestore = work.phase() == Phase.RESTORING;
    }

    final GroupWork work() {
        return work;
    }

    /** What its row has to say whatever comes of it, too; once however often it is said. */
    final void remark(String more) {
        String before = work.remark();
        if (!more.isEmpty() && !before.contains(more)) {
            GroupWork told = work.remarking(before.isEmpty() ? more : before + "; " + more);
            GroupResult row = told.result();
            work = row == null ? told : told.ended(row.outcome(), row.reason(), now);
        }
    }

    final void end(GroupOutcome outcome, String reason) {
        String tidied = reason + EarlyEnd.refused(work, reason);
        String told = fleet.group(work.group())
                .map(located -> MovedLimits.after(host, work, located.group(), tidied))
                .orElse(tidied);
        GroupOutcome came = EarlyEnd.outcome(outcome, work);
        work = work.ended(came, told, now);
        GroupResult row = work.result();
        say(came.text() + ": " + (row == null ? reason : row.reason()));
    }

    final void say(String line) {
        String before = work.line();
        if (!unnumbered(line).equals(before == null ? null : unnumbered(before))) {
            host.log(name + ": " + line);
            story.said(work.group(), line, null);
            work = work.withLine(line);
        }
    }

    /** The same answer has another request id each time. */
    private static String unnumbered(String line) {
        return REQUEST.matcher(line).replaceAll("");
    }

    /**
     * Writes the row of a group that has ended, and gives its lock back; undoing is no group's outcome, but that it is left
     * half-way is one until another step goes on.
     */
    final void recordEnd() {
        GroupResult result = work.result();
        if (!work.isEnded() || result == null) {
            return;
        }
        if (!isRestore || result.outcome() == GroupOutcome.UNFINISHED) {
            @Nullable
            List<InstanceId> canary = result.outcome() == GroupOutcome.PAUSED ? LeftCanary.of(work.state()) : null;
            new FleetWork(step)
                    .record(
                            new JournalFact.GroupEnded(result, isGone(result), canary, Leaving.on(host, fleet, work)),
                            host);
        }
        LockHolder holder = host.run().lockHolder();
        if (result.outcome() == GroupOutcome.PAUSED) {
            host.locks().keepForRun(work.group(), holder);
        } else {
            host.locks().release(work.group(), holder);
        }
    }

    private boolean isGone(GroupResult result) {
        return result.outcome() == GroupOutcome.SKIPPED
                && fleet.problem(work.place()).isEmpty()
                && fleet.group(work.group())
                        .map(LocatedGroup::group)
                        .filter(group -> !group.deleting())
                        .isEmpty();
    }
}
