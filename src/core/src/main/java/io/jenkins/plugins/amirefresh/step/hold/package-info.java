/** {@code releaseHold}: lets later waves go on in spite of a group that holds them, with a reason. */
@NullMarked
package io.jenkins.plugins.amirefresh.step.hold;

import org.jspecify.annotations.NullMarked;
