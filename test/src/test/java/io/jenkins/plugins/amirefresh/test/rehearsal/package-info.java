/** The weekly Jenkinsfile on the sample account, run as a user runs it: by runner.jar in a process of its own. */
@NullMarked
package io.jenkins.plugins.amirefresh.test.rehearsal;

import org.jspecify.annotations.NullMarked;
