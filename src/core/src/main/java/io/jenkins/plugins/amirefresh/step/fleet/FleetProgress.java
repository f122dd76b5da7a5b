package io.jenkins.plugins.amirefresh.step.fleet;

import io.jenkins.plugins.amirefresh.step.StepState;
import java.time.Duration;

/**
 * What a tick over all groups came to.
 *
 * @param state with each group's document
 * @param isFinished every group has a result
 * @param after how long to wait before the next tick
 */
public record FleetProgress(StepState state, boolean isFinished, Duration after) {}
