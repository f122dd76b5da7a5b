/** AWS's protocols, driven by AWS's own service models: what is on the wire and how it is checked. */
@NullMarked
package io.jenkins.plugins.amirefresh.simulator.wire;

import org.jspecify.annotations.NullMarked;
