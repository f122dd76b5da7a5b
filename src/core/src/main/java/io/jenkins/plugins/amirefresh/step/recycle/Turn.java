package io.jenkins.plugins.amirefresh.step.recycle;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a group stands in the order of the step's waves.
 *
 * @param wave from 0
 * @param due when its window opened or opens, as it was last read; null before that, and without windows
 */
record Turn(int wave, @Nullable Instant due) {

    /** Of the first wave, which is all there is where a step has none. */
    static final Turn FIRST = new Turn(0, null);

    Turn due(@Nullable Instant newDue) {
        return new Turn(wave, newDue);
    }
}
