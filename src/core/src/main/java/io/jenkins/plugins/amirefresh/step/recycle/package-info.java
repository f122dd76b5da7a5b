/** The step {@code recycleAsgs}: which groups, when, how; the work itself is {@code step.fleet}'s. */
@NullMarked
package io.jenkins.plugins.amirefresh.step.recycle;

import org.jspecify.annotations.NullMarked;
