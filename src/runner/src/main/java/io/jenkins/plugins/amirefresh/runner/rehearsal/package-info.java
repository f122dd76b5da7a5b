/** One rehearsal: a Jenkinsfile run from start to end. */
@NullMarked
package io.jenkins.plugins.amirefresh.runner.rehearsal;

import org.jspecify.annotations.NullMarked;
