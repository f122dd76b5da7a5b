package io.jenkins.plugins.amirefresh.simulator.autoscaling.group;

import io.jenkins.plugins.amirefresh.simulator.kernel.SimulatedTime;
import java.time.Instant;

/**
 * A lifecycle action that somebody must complete.
 *
 * @param token a UUID
 * @param began for the global timeout
 * @param timeout what happens when no heartbeat comes
 */
public record HookWait(LifecycleHook hook, String token, Instant began, SimulatedTime.Scheduled timeout) {}
