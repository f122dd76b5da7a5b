/** What every simulated service stands on: time, randomness, callers, calls and errors. Knows AWS, never its users. */
@NullMarked
package io.jenkins.plugins.amirefresh.simulator.kernel;

import org.jspecify.annotations.NullMarked;
