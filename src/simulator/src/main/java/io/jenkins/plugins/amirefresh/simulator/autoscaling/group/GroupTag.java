package io.jenkins.plugins.amirefresh.simulator.autoscaling.group;

/** A tag of a group. */
public record GroupTag(String key, String value, boolean propagateAtLaunch) {}
