package io.jenkins.plugins.amirefresh.simulator.autoscaling.group;

/**
 * The launch template version an instance was launched from: always a number, whatever the group refers to.
 *
 * @param id for example {@code lt-0abc}
 * @param number at least 1
 */
public record TemplateVersion(String id, String name, long number) {}
