/** Tests of SSH to simulated machines, with MINA's own client. */
@NullMarked
package io.jenkins.plugins.amirefresh.simulator.ssh;

import org.jspecify.annotations.NullMarked;
