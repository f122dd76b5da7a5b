package io.jenkins.plugins.amirefresh.journal;

import java.time.Instant;

/**
 * One fact of a run.
 *
 * @param key unique in the run, so that repeating an append after a crash does not double it
 * @param at when it happened
 * @param step the function name of the step that says so
 * @param fact what happened
 */
public record JournalEvent(String key, Instant at, String step, JournalFact fact) {}
