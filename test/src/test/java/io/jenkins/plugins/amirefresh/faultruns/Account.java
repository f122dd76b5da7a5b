package io.jenkins.plugins.amirefresh.faultruns;

import io.jenkins.plugins.amirefresh.refresh.RestoreTag;
import io.jenkins.plugins.amirefresh.truth.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/** Who changed what of one group. */
final class Account {

    private final String name;
    private final int initialDesired;
    private final SortedSet<String> theirSuspended;
    private final SortedSet<String> ourSuspended = new TreeSet<>();
    private final SortedSet<String> unsure = new TreeSet<>();
    private int theirMax;
    private int ourMax;
    private int ourDesired = -1;
    private String announcedSuspension = "";
    private int maybeMax;
    private boolean isMaxUnsure;
    private boolean isUntagged;
    private boolean wasUntagged;
    private int theirMin;
    private int theirs;
    private int ours;
    private int swallowed;
    private int touched;

    Account(String name, Truth.Group initial) {
        this.name = name;
        this.initialDesired = initial.desired();
        this.theirMax = initial.max();
        this.maybeMax = initial.max();
        this.theirMin = initial.min();
        this.theirSuspended = new TreeSet<>(initial.suspended());
    }

    /** Desired capacity as it would be without us. */
    int base() {
        return Math.max(theirMin, Math.min(highest(), initialDesired + theirs));
    }

    /** The maximum as it would be without us; a minimum that others set while we had raised the maximum holds. */
    private int highest() {
        return Math.max(theirMin, theirMax);
    }

    /** We set a size that others had changed in the blink of an eye since it was read: AWS has no condition on a write. */
    void overtakenDesired(int by) {
        theirs -= by;
        ours += by;
    }

    /** The same for the maximum, which was this when it was read. */
    void overtakenMax(int read) {
        isMaxUnsure = false;
        theirMax = read == ourMax ? maybeMax : read;
    }

    /** The same for a process that we suspended. */
    void overtakenSuspension(String process) {
        theirSuspended.remove(process);
        ourSuspended.add(process);
        unsure.add(process);
    }

    /** By how much desired capacity is higher because of us. */
    int surge() {
        return ours;
    }

    /** How many changes of ours it saw. */
    int touched() {
        return touched;
    }

    /**
     * What we made or will make of the maximum, 0 for nothing. Others who set just that between two looks of ours cannot be
     * told from us.
     */
    void ourMax(int announced) {
        ourMax = announced;
    }

    /** Desired capacity that was announced and not seen yet, -1 for none. */
    void ourDesired(int announced) {
        ourDesired = announced;
    }

    /** Processes whose suspension was announced and not seen yet, as the state file has them. */
    void ourSuspension(String announced) {
        announcedSuspension = announced;
    }

    /** Others removed the tag by which another run could undo what was left. */
    boolean isUntagged() {
        return isUntagged;
    }

    /** The same, at whatever time: another run may have written a tag of its own since. */
    boolean wasUntagged() {
        return wasUntagged;
    }

    /** We made a call about the group that AWS took. */
    void touch() {
        touched++;
    }

    /** Others did something, or time passed. */
    void theirs(Truth.Group before, Truth.Group after) {
        int difference = after.desired() - before.desired();
        theirs += difference;
        if (difference != 0) {
            // Who sets a raised capacity may mean what is below the raise, the raise itself, or the number.
            swallowed += Math.max(0, ours);
        }
        if (difference > 0 && after.desired() == ourDesired) {
            // The number that we had announced when our host died: nobody can tell whose it is.
            theirs -= difference;
            ours += difference;
            swallowed += difference;
        }
        if (after.max() != before.max()) {
            maybeMax = theirMax;
            theirMax = after.max();
            isMaxUnsure = theirMax == ourMax;
        }
        isUntagged |=
                before.tags().containsKey(RestoreTag.NAME) && !after.tags().containsKey(RestoreTag.NAME);
        wasUntagged |= isUntagged;
        theirMin = after.min();
        added(before, after).forEach(process -> {
            if (isAnnounced(process)) {
                // What we had announced when our host died: nobody can tell whose it is.
                ourSuspended.add(process);
                unsure.add(process);
                return;
            }
            theirSuspended.add(process);
            ourSuspended.remove(process);
        });
        removed(before, after).forEach(process -> {
            theirSuspended.remove(process);
            ourSuspended.remove(process);
            unsure.remove(process);
        });
    }

    private boolean isAnnounced(String process) {
        return announcedSuspension.replace("_", "").contains('"' + process.toUpperCase(Locale.ROOT) + '"');
    }

    /** Others suspended what may be suspended already; nobody can tell whose it is then. */
    void suspendedAgain(String process) {
        if (ourSuspended.contains(process)) {
            unsure.add(process);
        }
    }

    /** A call of ours took effect. */
    List<Violation> ours(Truth.Group before, Truth.Group after) {
        ours += after.desired() - before.desired();
        isUntagged &= !after.tags().containsKey(RestoreTag.NAME);
        if (after.max() != before.max() && after.max() == maybeMax && isMaxUnsure) {
            theirMax = maybeMax;
        }
        int over = initialDesired + theirs - Math.max(after.desired(), highest());
        if (after.desired() < before.desired() && over > 0) {
            // What others wanted above their own maximum goes with ours.
            theirs -= over;
            ours += over;
        }
        List<Violation> violations = new ArrayList<>();
        if (after.desired() < before.desired() && after.desired() < base()) {
            violations.add(others("desired capacity " + before.desired() + " to " + after.desired()
                    + ", which is less than the " + base() + " of others"));
        }
        if (after.max() < before.max() && after.max() < theirMax) {
            violations.add(others("maximum " + before.max() + " to " + after.max() + ", others set " + theirMax));
        }
        if (after.min() != before.min()) {
            violations.add(others("minimum " + before.min() + " to " + after.min()));
        }
        ourSuspended.addAll(added(before, after));
        for (String process : removed(before, after)) {
            if (!ourSuspended.remove(process)) {
                violations.add(others("resumed " + process + ", which others had suspended"));
            }
        }
        return violations;
    }

    private Violation others(String what) {
        return new Violation(Invariant.OTHERS, name, what);
    }

    private static SortedSet<String> added(Truth.Group before, Truth.Group after) {
        return without(after.suspended(), before.suspended());
    }

    private static SortedSet<String> removed(Truth.Group before, Truth.Group after) {
        return without(before.suspended(), after.suspended());
    }

    private static SortedSet<String> without(SortedSet<String> all, SortedSet<String> some) {
        SortedSet<String> rest = new TreeSet<>(all);
        rest.removeAll(some);
        return rest;
    }

    /** What of ours is still on the group, in words. */
    List<String> left(Truth.Group now) {
        List<String> left = new ArrayList<>();
        if (now.max() != highest()) {
            left.add("maximum " + now.max() + " instead of " + highest());
        }
        if (now.min() != theirMin) {
            left.add("minimum " + now.min() + " instead of " + theirMin);
        }
        if (now.desired() < base() || now.desired() > base() + swallowed) {
            left.add("desired capacity " + now.desired() + " instead of " + base());
        }
        SortedSet<String> suspended = new TreeSet<>(ourSuspended);
        suspended.removeAll(unsure);
        if (!suspended.isEmpty()) {
            left.add("suspended " + suspended);
        }
        SortedSet<String> missing = new TreeSet<>(theirSuspended);
        missing.removeAll(now.suspended());
        if (!missing.isEmpty()) {
            left.add("no longer suspended " + missing);
        }
        if (now.tags().containsKey("ami-refresh:restore")) {
            left.add("tag " + now.tags().get("ami-refresh:restore"));
        }
        return left;
    }
}
