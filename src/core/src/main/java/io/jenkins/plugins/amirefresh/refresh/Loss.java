package io.jenkins.plugins.amirefresh.refresh;

import io.jenkins.plugins.amirefresh.model.InstanceId;

/** A new instance that did not stay, and why. */
public record Loss(InstanceId instance, Ailment ailment) {}
