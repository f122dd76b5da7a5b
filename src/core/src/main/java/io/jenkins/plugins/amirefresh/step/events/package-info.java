/** The step {@code recycleOnEvents}: groups are recycled when somebody changes what they launch. */
@NullMarked
package io.jenkins.plugins.amirefresh.step.events;

import org.jspecify.annotations.NullMarked;
