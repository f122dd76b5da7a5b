/** What a run of steps comes to on a simulated account, whatever kills the host on the way. */
@NullMarked
package io.jenkins.plugins.amirefresh.scenario;

import org.jspecify.annotations.NullMarked;
