/** The step that runs another job's Jenkinsfile. */
@NullMarked
package io.jenkins.plugins.amirefresh.runner.steps.build;

import org.jspecify.annotations.NullMarked;
