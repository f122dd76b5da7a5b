package io.jenkins.plugins.amirefresh.step.fleet;

import io.jenkins.plugins.amirefresh.step.StepHost;
import java.time.Instant;

/**
 * What the groups of a step have in common in one tick.
 *
 * @param step the function name of the step, as the journal names it
 */
record FleetTick(String step, StepHost host, Fleet fleet, Instant now, SharedBalancers balancers) {}
