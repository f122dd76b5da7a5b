/** EC2 as the AWS SDK sees it. */
@NullMarked
package io.jenkins.plugins.amirefresh.simulator.ec2;

import org.jspecify.annotations.NullMarked;
