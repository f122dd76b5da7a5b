/** What Auto Scaling does by itself: launches, terminates, balances zones, checks health, waits for hooks, scales. */
@NullMarked
package io.jenkins.plugins.amirefresh.simulator.autoscaling.scaling;

import org.jspecify.annotations.NullMarked;
