package io.jenkins.plugins.amirefresh.runner.interpreter;

/**
 * A parameter of a step.
 *
 * @param name its name
 * @param isRequired whether a call without it is refused
 */
public record StepParameter(String name, boolean isRequired) {}
