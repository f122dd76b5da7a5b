/** When a group may be changed: weekly maintenance windows, read from its tags or from its environment's default. */
@NullMarked
package io.jenkins.plugins.amirefresh.schedule;

import org.jspecify.annotations.NullMarked;
