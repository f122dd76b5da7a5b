/** The operations of EC2 Auto Scaling as clients call them, and how the service is put together. */
@NullMarked
package io.jenkins.plugins.amirefresh.simulator.autoscaling;

import org.jspecify.annotations.NullMarked;
