/** Instances from launch to an hour after their end, and what a launch needs. */
@NullMarked
package io.jenkins.plugins.amirefresh.simulator.ec2.instances;

import org.jspecify.annotations.NullMarked;
