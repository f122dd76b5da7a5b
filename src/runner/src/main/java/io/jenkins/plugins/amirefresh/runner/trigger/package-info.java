/** The trigger {@code amiRefreshEvents} of a Jenkinsfile: starts builds in simulated time when events come. */
@NullMarked
package io.jenkins.plugins.amirefresh.runner.trigger;

import org.jspecify.annotations.NullMarked;
