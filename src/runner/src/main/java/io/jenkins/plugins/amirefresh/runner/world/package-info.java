/** What surrounds a rehearsal: simulated time, a simulated AWS account and its network. */
@NullMarked
package io.jenkins.plugins.amirefresh.runner.world;

import org.jspecify.annotations.NullMarked;
