/** One build of a Jenkinsfile: its result, console, environment and the exceptions that end it. */
@NullMarked
package io.jenkins.plugins.amirefresh.runner.build;

import org.jspecify.annotations.NullMarked;
