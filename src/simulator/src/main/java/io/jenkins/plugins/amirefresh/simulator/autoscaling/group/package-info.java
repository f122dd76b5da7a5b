/** What an Auto Scaling group is at one moment: sizes, members, activities, hooks, tags. Nothing here acts by itself. */
@NullMarked
package io.jenkins.plugins.amirefresh.simulator.autoscaling.group;

import org.jspecify.annotations.NullMarked;
