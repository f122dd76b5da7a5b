/** Tests of the wire. */
@NullMarked
package io.jenkins.plugins.amirefresh.simulator.wire;

import org.jspecify.annotations.NullMarked;
