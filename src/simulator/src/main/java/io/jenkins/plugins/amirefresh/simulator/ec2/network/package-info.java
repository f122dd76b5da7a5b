/** VPCs, subnets with their free addresses, availability zones, security groups. */
@NullMarked
package io.jenkins.plugins.amirefresh.simulator.ec2.network;

import org.jspecify.annotations.NullMarked;
