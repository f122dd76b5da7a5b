/** Simulated time as the runner sees it. */
@NullMarked
package io.jenkins.plugins.amirefresh.runner.time;

import org.jspecify.annotations.NullMarked;
