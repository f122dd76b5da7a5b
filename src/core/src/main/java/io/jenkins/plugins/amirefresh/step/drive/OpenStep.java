package io.jenkins.plugins.amirefresh.step.drive;

import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.StepOperation;
import io.jenkins.plugins.amirefresh.step.storage.StepFiles;

/** A step execution with its files open, made at the first tick after a start or a restart. */
public record OpenStep(StepFiles files, StepOperation operation, StepHost host) {}
