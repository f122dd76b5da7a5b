package io.jenkins.plugins.amirefresh.runner.declarative;

import io.jenkins.plugins.amirefresh.runner.build.BuildResult;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The build's result around a post condition.
 *
 * @param original the result before, or null if none was set
 * @param logical the result a post block sees
 */
record PostState(@Nullable BuildResult original, BuildResult logical) implements Serializable {}
