/** Runs an unchanged Jenkinsfile on this machine: rehearsals. */
@NullMarked
package io.jenkins.plugins.amirefresh.runner;

import org.jspecify.annotations.NullMarked;
