/** When instances and groups are to run: schedules on tags, and what to start and stop for them. Pure: no port, no clock. */
@NullMarked
package io.jenkins.plugins.amirefresh.powercycle;

import org.jspecify.annotations.NullMarked;
