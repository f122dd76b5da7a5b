/** Tests of Auto Scaling over a simple EC2. */
@NullMarked
package io.jenkins.plugins.amirefresh.simulator.autoscaling;

import org.jspecify.annotations.NullMarked;
