package io.jenkins.plugins.amirefresh.model;

/**
 * Minimum, desired and maximum capacity of a group, in capacity units: instances, or weights in a weighted group.
 *
 * @param min 0 or more
 * @param desired what the group strives for
 * @param max at least {@code min}
 */
public record Capacity(int min, int desired, int max) {

    /** @throws IllegalArgumentException when a number is negative or min exceeds max */
    public Capacity {
        if (min < 0 || desired < 0 || max < min) {
            throw new IllegalArgumentException("capacity " + min + "/" + desired + "/" + max + " is not a capacity");
        }
    }

    @Override
    public String toString() {
        return min + "/" + desired + "/" + max;
    }
}
