/** Instance refresh: AWS's own rolling replacement, with every preference and all ten states. */
@NullMarked
package io.jenkins.plugins.amirefresh.simulator.autoscaling.refresh;

import org.jspecify.annotations.NullMarked;
