/** The step {@code smokeTestAsg}: proves each refreshed group and rolls back what fails. */
@NullMarked
package io.jenkins.plugins.amirefresh.step.smoketest;

import org.jspecify.annotations.NullMarked;
