/** Declared faults: what goes wrong between a caller and a service that itself works. */
@NullMarked
package io.jenkins.plugins.amirefresh.simulator.faults;

import org.jspecify.annotations.NullMarked;
