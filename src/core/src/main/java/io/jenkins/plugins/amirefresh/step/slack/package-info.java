/** The step {@code notifySlack}, and how other steps tell people something on the way. */
@NullMarked
package io.jenkins.plugins.amirefresh.step.slack;

import org.jspecify.annotations.NullMarked;
