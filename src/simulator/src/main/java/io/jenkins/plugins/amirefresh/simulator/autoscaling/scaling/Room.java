package io.jenkins.plugins.amirefresh.simulator.autoscaling.scaling;

/**
 * How much a replacement may take out and add now. Source: EC2 Auto Scaling User Guide, "How an instance refresh works",
 * "Instance maintenance policy": between minimum and maximum healthy percentage of the desired capacity; the lower bound
 * is rounded up, the upper one down. AWS does not publish how it rounds the upper bound.
 *
 * @param floor capacity units that must stay ready
 * @param ceiling capacity units that may be there, ready or pending
 * @param launchesFirst what happens when nothing fits in between: one is launched first, otherwise one is terminated
 *     first
 */
public record Room(int floor, int ceiling, boolean launchesFirst) {

    private static final int WHOLE = 100;

    /**
     * The room that percentages of a desired capacity give.
     *
     * @param minHealthy percent, 0 to 100
     * @param maxHealthy percent, 100 to 200; negative: not said
     */
    public static Room of(int desired, int minHealthy, int maxHealthy) {
        int most = Math.max(maxHealthy, WHOLE);
        return new Room(
                Math.floorDiv(desired * minHealthy + WHOLE - 1, WHOLE),
                desired * most / WHOLE,
                minHealthy == WHOLE || maxHealthy >= WHOLE);
    }

    /** Capacity units that may be taken out of service now. */
    public int removable(int ready) {
        return Math.max(0, ready - floor);
    }

    /** Capacity units that may be launched now on top of what is there. */
    public int addable(int present) {
        return Math.max(0, ceiling - present);
    }
}
