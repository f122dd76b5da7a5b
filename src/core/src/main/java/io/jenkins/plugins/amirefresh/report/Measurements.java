package io.jenkins.plugins.amirefresh.report;

import io.jenkins.plugins.amirefresh.model.GroupKey;
import java.time.Instant;
import java.util.OptionalInt;

/** What a host measured beside the run's record. A rehearsal measures; against real AWS nothing watched all the time. */
public interface Measurements {

    /** Nothing was measured. */
    Measurements NONE = new Measurements() {
        @Override
        public OptionalInt lowestHealthy(GroupKey group, Instant from, Instant to) {
            return OptionalInt.empty();
        }

        @Override
        public Calls calls() {
            return new Calls(0, 0);
        }
    };

    /** The fewest healthy instances in service that a group had at any moment between two; empty when nobody watched. */
    OptionalInt lowestHealthy(GroupKey group, Instant from, Instant to);

    /** The API calls of the run so far. */
    Calls calls();

    /**
     * API calls.
     *
     * @param mutating those among them that change something
     */
    record Calls(int total, int mutating) {}
}
