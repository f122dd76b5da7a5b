package io.jenkins.plugins.amirefresh.simulator.kernel;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What really changed, apart from the calls that asked for it: the same seed, account and calls give the same log, byte
 * for byte. Tests of "no effect happens twice" read this.
 */
public final class EventLog {

    private final SimulatedTime time;
    private final List<Effect> effects = new ArrayList<>();

    /** An empty log whose entries carry the simulated time. */
    public EventLog(SimulatedTime time) {
        this.time = time;
    }

    /**
     * Notes one change.
     *
     * @param resource what changed: an id or a name, for example {@code i-0f3a}
     * @param change for example {@code terminated by user request}
     */
    public void append(AccountRegion at, String resource, String change) {
        effects.add(new Effect(time.now(), at.accountId(), at.region(), resource, change));
    }

    /** Every change so far, oldest first; a view that grows. */
    public List<Effect> effects() {
        return Collections.unmodifiableList(effects);
    }

    /** One change to one resource. */
    public record Effect(Instant at, String accountId, String region, String resource, String change) {}
}
