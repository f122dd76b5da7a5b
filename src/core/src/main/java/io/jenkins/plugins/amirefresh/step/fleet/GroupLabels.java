package io.jenkins.plugins.amirefresh.step.fleet;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a row says of a group beside its work.
 *
 * @param environment the tag {@code Environment}, empty without
 * @param family the image family, empty without
 * @param windowStart when its window opened, null when windows are ignored
 */
public record GroupLabels(String environment, String family, @Nullable Instant windowStart) {}
