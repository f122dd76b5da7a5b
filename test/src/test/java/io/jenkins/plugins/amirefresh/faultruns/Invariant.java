package io.jenkins.plugins.amirefresh.faultruns;

/** What must hold in every world. */
enum Invariant {
    /**
     * When we terminate an instance that was healthy when we last read its group, or lower desired capacity so far that
     * AWS has to choose one, those that were healthy then and that we have not terminated since are still as many as the
     * floor. The floor is the one planned, less what others took from desired capacity since. What died or was taken away
     * after our read is not ours.
     */
    FLOOR,
    /** The floor planned is at least the percentage that parameter or maintenance policy ask for, where there is room. */
    PLANNED_FLOOR,
    /**
     * When the step has ended, maximum, desired capacity and suspended processes are what the account said, with the
     * differences made by others; nothing is protected or in standby because of us, no instance refresh of ours runs, and
     * no tag says that something is temporary. A group may only keep something when its row says failed and names
     * {@code restoreAsgs}, or when the step itself failed, and when restoreAsgs undoes it.
     */
    NOTHING_LEFT,
    /**
     * Desired capacity is lowered once for an instance, and no instance is terminated again once AWS said yes. An instance
     * that others take out between our last look and our call is lowered for by both: neither can know of the other.
     */
    ONCE,
    /**
     * What others set is not undone: our calls leave the maximum at or above theirs, desired capacity at or above what it
     * was with their differences, and resume only what we suspended.
     */
    OTHERS,
    /**
     * A row says {@code refreshed} or {@code rolled-back} only of a group whose every instance is on the version and
     * healthy, as many as desired, which launches that version. Instances that parameters leave alone are excepted when
     * refreshing; so is what changed since the tick in which the group was last found healthy.
     */
    ROW,
    /**
     * AWS does not go on, in a refresh that we began, to end what serves once two looks could have seen that fewer serve than
     * the floor promises and than there were at first. Judged where nobody else acts and nothing breaks by itself; there
     * {@link #FLOOR}, too, counts who serves instead of whom AWS calls healthy.
     */
    SERVING,
    /**
     * Where nobody else acts, the new image is good and nothing keeps a group from being refreshed, it is refreshed, however
     * long its hooks and load balancers take.
     */
    LIVENESS,
    /**
     * An image is marked bad only where an image can be bad, or is slower than somebody said that it may be: a time limit of
     * an instance that was given.
     */
    BLAME,
    /** A default that others moved is not moved again. */
    DEFAULTS,
    /** A row says {@code skipped} or {@code refused} only of a group that we have not changed. */
    UNTOUCHED,
    /**
     * The reason of a group that failed is one line that says something: where nobody else acts and every answer comes,
     * why each instance went.
     */
    REASON,
    /** Every group in scope has a row, and the step fails when {@code failOn} says so. */
    VERDICT,
    /** The run ends within twice the limits of all its groups. */
    END,
    /** Nothing throws. */
    CRASH
}
