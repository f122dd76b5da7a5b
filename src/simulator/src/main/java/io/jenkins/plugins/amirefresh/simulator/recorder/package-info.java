/** Watches groups from outside AWS's own view, so that tests and reports can ask what really happened. */
@NullMarked
package io.jenkins.plugins.amirefresh.simulator.recorder;

import org.jspecify.annotations.NullMarked;
