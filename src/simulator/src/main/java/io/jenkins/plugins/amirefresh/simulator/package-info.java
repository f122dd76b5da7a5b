/** Placeholder. */
@NullMarked
package io.jenkins.plugins.amirefresh.simulator;

import org.jspecify.annotations.NullMarked;
