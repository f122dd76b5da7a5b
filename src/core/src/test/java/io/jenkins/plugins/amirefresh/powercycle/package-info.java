/** Tests of schedules and of what is decided by them. */
@NullMarked
package io.jenkins.plugins.amirefresh.powercycle;

import org.jspecify.annotations.NullMarked;
