package io.jenkins.plugins.amirefresh.refresh;

/**
 * What a tick came to for one group.
 *
 * @param state to save before a change is made, and in any case
 */
public record Decided(RefreshState state, RefreshDecision decision) {}
