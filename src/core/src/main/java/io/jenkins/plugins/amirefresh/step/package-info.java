/**
 * The steps as operations that any host can drive: each unit of work is short, everything long is a wait between two of
 * them. A host keeps the state, the clock, the processes and the connections.
 */
@NullMarked
package io.jenkins.plugins.amirefresh.step;

import org.jspecify.annotations.NullMarked;
