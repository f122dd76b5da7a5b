/** The step on one group of a fleet in memory. */
@NullMarked
package io.jenkins.plugins.amirefresh.step.smoketest;

import org.jspecify.annotations.NullMarked;
