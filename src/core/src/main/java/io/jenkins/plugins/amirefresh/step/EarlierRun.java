package io.jenkins.plugins.amirefresh.step;

import io.jenkins.plugins.amirefresh.journal.RunHistory;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * A build of the same job before this one.
 *
 * @param id as in {@link RunIdentity}
 * @param buildNumber 1 or more
 * @param history what its record says, read when it is asked for; empty when it has none
 */
public record EarlierRun(String id, int buildNumber, Instant startedAt, Supplier<RunHistory> history) {}
