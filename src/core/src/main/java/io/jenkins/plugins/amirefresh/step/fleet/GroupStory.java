package io.jenkins.plugins.amirefresh.step.fleet;

import io.jenkins.plugins.amirefresh.journal.Journal;
import io.jenkins.plugins.amirefresh.journal.JournalEvent;
import io.jenkins.plugins.amirefresh.journal.JournalFact;
import io.jenkins.plugins.amirefresh.model.Capacity;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.refresh.Change;
import io.jenkins.plugins.amirefresh.refresh.GroupSight;
import io.jenkins.plugins.amirefresh.refresh.Standing;
import io.jenkins.plugins.amirefresh.step.StepHost;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is told of groups for those who look at the run later: lines with their reasons, and how a group stood. It is gathered
 * over a tick and written with one force; nothing is decided by it.
 */
public final class GroupStory {

    private final StepHost host;
    private final String step;
    private final Instant now;
    private final List<JournalEvent> events = new ArrayList<>();
    private @Nullable JournalFact last;

    /** @param step the function name of the step, as the journal names it */
    public GroupStory(StepHost host, String step, Instant now) {
        this.host = host;
        this.step = step;
        this.now = now;
    }

    /** The group's line from now on, {@code until} its window opens; null when that is not what it waits for. */
    public void said(GroupKey group, String line, @Nullable Instant until) {
        boolean isTold = last instanceof JournalFact.GroupSaid said
                && said.group().equals(group)
                && said.line().equals(line);
        if (!isTold) {
            add(group, "said", new JournalFact.GroupSaid(group, line, null, until));
        }
    }

    /** Changes that are about to be made. */
    void announced(GroupKey group, Capacity before, List<Change> changes, String reason) {
        List<String> words =
                changes.stream().map(change -> words(change, before)).toList();
        add(group, "said", new JournalFact.GroupSaid(group, reason, words, null));
    }

    /** A group is in scope. */
    public void listed(JournalFact.GroupListed listed) {
        add(listed.group(), "listed", listed);
    }

    /** How the group stands, unless it stood the same at the last look. */
    void seen(GroupSight sight, GroupWork work) {
        Capacity capacity = sight.group().capacity();
        Standing standing = Standing.of(work.plan(), sight, work.state());
        JournalFact.GroupSeen look = new JournalFact.GroupSeen(
                work.group(),
                capacity.min(),
                capacity.desired(),
                capacity.max(),
                standing.outdated(),
                standing.updated(),
                standing.serving(),
                work.state().floor(work.plan()));
        if (host.journal().history().lastSeen(work.group()).filter(look::equals).isEmpty()) {
            add(work.group(), "seen", look);
        }
    }

    private void add(GroupKey group, String what, JournalFact fact) {
        // The same again in the same moment is a repetition after a crash.
        String key = host.run().stepId() + ":" + group + ":" + what
                + (fact instanceof JournalFact.GroupListed
                        ? ""
                        : ":" + now + ":" + Integer.toHexString(fact.hashCode()));
        last = fact;
        events.add(new JournalEvent(key, now, step, fact));
    }

    private static String words(Change change, Capacity before) {
        if (change instanceof Change.SetMax set) {
            return "maximum " + before.max() + " to " + set.max();
        }
        return change instanceof Change.SetDesired set
                ? "desired capacity " + before.desired() + " to " + set.desired()
                : change.describe();
    }

    /** What was told since the last drain. */
    List<JournalEvent> drain() {
        List<JournalEvent> drained = List.copyOf(events);
        events.clear();
        return drained;
    }

    /** Writes what was told. */
    public void write() {
        Journal journal = host.journal();
        List<JournalEvent> drained = drain();
        if (!drained.isEmpty()) {
            journal.appendAll(drained);
        }
    }
}
