/** Tests of the simulator as a whole. */
@NullMarked
package io.jenkins.plugins.amirefresh.simulator;

import org.jspecify.annotations.NullMarked;
