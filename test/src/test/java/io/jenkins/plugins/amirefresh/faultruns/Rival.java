package io.jenkins.plugins.amirefresh.faultruns;

import io.jenkins.plugins.amirefresh.scenario.Scenario;
import io.jenkins.plugins.amirefresh.step.Progress;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A build of another controller that does the same on the same groups, each of its ticks at its own moment. */
final class Rival {

    private final Supplier<Progress> step;
    private @Nullable Instant due;

    /** @param first when it begins */
    Rival(Scenario scenario, Map<String, Object> parameters, Instant first) {
        this.step = scenario.ticking("recycleAsgs", parameters);
        this.due = first;
    }

    /** When it acts next, empty when it has ended. */
    Optional<Instant> due() {
        return Optional.ofNullable(due);
    }

    /** One tick, now. */
    void act(Instant now) {
        due = step.get() instanceof Progress.Again again ? now.plus(again.after()) : null;
    }
}
