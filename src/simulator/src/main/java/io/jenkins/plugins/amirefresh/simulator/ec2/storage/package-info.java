/** EBS volumes and snapshots. */
@NullMarked
package io.jenkins.plugins.amirefresh.simulator.ec2.storage;

import org.jspecify.annotations.NullMarked;
