package io.jenkins.plugins.amirefresh.powercycle;

import io.jenkins.plugins.amirefresh.model.Capacity;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An instance or a group with a schedule, as one read showed it.
 *
 * @param id the instance's id or the group's name
 * @param name the instance's tag Name, empty without one; the group's name
 * @param startedAt when an instance was last started; null for a group
 * @param memberOf the Auto Scaling group that an instance belongs to, empty for none
 * @param instanceType of an instance, empty for a group
 * @param canHibernate an instance that was launched so that it can
 * @param capacity of a group; null for an instance
 * @param remainder of a group that wants no instances, those that it has all the same
 */
public record PowerTarget(
        Kind kind,
        String id,
        String name,
        Map<String, String> tags,
        Condition condition,
        @Nullable Instant startedAt,
        String memberOf,
        String instanceType,
        boolean canHibernate,
        @Nullable Capacity capacity,
        Remainder remainder) {

    /** Copies the tags. */
    public PowerTarget {
        tags = Map.copyOf(tags);
    }

    /** What it is. */
    public enum Kind {
        /** An EC2 instance. */
        INSTANCE("instance"),
        /** An Auto Scaling group. */
        GROUP("autoScalingGroup");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /** As results name it. */
        public String text() {
            return text;
        }
    }

    /** Whether it runs. */
    public enum Condition {
        /** An instance runs, a group has a desired capacity. */
        UP,
        /** An instance is stopped, a group wants none. */
        DOWN,
        /** An instance is on its way up. */
        RISING,
        /** An instance is on its way down. */
        FALLING
    }

    /** Its capacity, zero for an instance. */
    public Capacity size() {
        return capacity == null ? new Capacity(0, 0, 0) : capacity;
    }

    /** The value of the first of these tags that it has. */
    public Optional<String> tag(Iterable<String> names) {
        for (String tagName : names) {
            String value = tags.get(tagName);
            if (value != null) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    /** For people. */
    public String label() {
        return name.isEmpty() || name.equals(id) ? id : name + " (" + id + ")";
    }
}
