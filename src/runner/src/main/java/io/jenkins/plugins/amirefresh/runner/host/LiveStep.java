package io.jenkins.plugins.amirefresh.runner.host;

import io.jenkins.plugins.amirefresh.step.StepOperation;
import io.jenkins.plugins.amirefresh.step.storage.StateFile;

/**
 * A step's operation with its file.
 *
 * @param operation does the work
 * @param file what it must not forget
 */
record LiveStep(StepOperation operation, StateFile file) {}
