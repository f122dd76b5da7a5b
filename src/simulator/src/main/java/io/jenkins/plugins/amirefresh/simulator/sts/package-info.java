/** STS: who calls, and temporary credentials that expire in simulated time. */
@NullMarked
package io.jenkins.plugins.amirefresh.simulator.sts;

import org.jspecify.annotations.NullMarked;
