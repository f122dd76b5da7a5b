/** EC2: one region's resources per account, and the service in front of them. */
@NullMarked
package io.jenkins.plugins.amirefresh.simulator.ec2;

import org.jspecify.annotations.NullMarked;
