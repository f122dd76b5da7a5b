/** Alarms of CloudWatch and what they set off. */
@NullMarked
package io.jenkins.plugins.amirefresh.simulator.cloudwatch;

import org.jspecify.annotations.NullMarked;
