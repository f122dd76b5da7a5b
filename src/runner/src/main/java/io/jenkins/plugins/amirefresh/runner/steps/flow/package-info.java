/** Steps that steer a pipeline: stages, branches, errors, time and people. */
@NullMarked
package io.jenkins.plugins.amirefresh.runner.steps.flow;

import org.jspecify.annotations.NullMarked;
