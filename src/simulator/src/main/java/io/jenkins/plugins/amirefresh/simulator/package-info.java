/** An AWS account that runs on one machine: the wiring of the simulated services and their fronts. */
@NullMarked
package io.jenkins.plugins.amirefresh.simulator;

import org.jspecify.annotations.NullMarked;
