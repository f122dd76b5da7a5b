/** Jenkinsfiles run as in Jenkins: each scenario is a directory with its expected console. */
@NullMarked
package io.jenkins.plugins.amirefresh.runner.rehearsal;

import org.jspecify.annotations.NullMarked;
