package io.jenkins.plugins.amirefresh.retire;

import java.time.Duration;

/**
 * How images go out of use.
 *
 * @param keep how many of the newest of a family, for each account, region and architecture, stay whatever happens
 * @param deprecateAfter how old an image is at least that nothing needs
 * @param disableAfter how long it is deprecated before
 * @param deregisterAfter how long it is disabled before
 * @param run whose marks are of this very call of the step, which goes one step with an image and no further
 */
public record RetireRules(
        int keep, Duration deprecateAfter, Duration disableAfter, Duration deregisterAfter, String run) {}
