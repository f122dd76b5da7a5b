package io.jenkins.plugins.amirefresh.simulator.ec2.resources;

import io.jenkins.plugins.amirefresh.simulator.kernel.AccountRegion;
import io.jenkins.plugins.amirefresh.simulator.kernel.World;
import java.time.Duration;
import java.time.Instant;

/**
 * Where resources live, with what they need of the world around.
 *
 * @param at account and region
 */
public record Place(World world, AccountRegion at) {

    /** The simulated moment. */
    public Instant now() {
        return world.time().now();
    }

    /** A new id, for example {@code i-0...}. */
    public String newId(String prefix) {
        return world.ids().next(prefix);
    }

    /** Notes a real change in the event log. */
    public void log(String resource, String change) {
        world.events().append(at, resource, change);
    }

    /** Lets something happen after a delay. */
    public void after(Duration delay, Runnable action) {
        world.time().after(delay, action);
    }

    /** The 12 digits of the account. */
    public String accountId() {
        return at.accountId();
    }

    /** For example {@code eu-west-1}. */
    public String region() {
        return at.region();
    }
}
