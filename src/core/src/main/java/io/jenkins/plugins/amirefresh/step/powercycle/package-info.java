/** The step {@code powerCycle}: starts and stops instances and groups by the schedules on their tags. */
@NullMarked
package io.jenkins.plugins.amirefresh.step.powercycle;

import org.jspecify.annotations.NullMarked;
