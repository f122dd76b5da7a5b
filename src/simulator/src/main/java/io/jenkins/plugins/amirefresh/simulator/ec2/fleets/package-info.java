/** EC2 Fleet and Spot Fleet, as requests: what they would launch. */
@NullMarked
package io.jenkins.plugins.amirefresh.simulator.ec2.fleets;

import org.jspecify.annotations.NullMarked;
