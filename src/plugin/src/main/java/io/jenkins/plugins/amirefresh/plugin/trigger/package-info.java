/** Starts jobs when somebody changed what groups launch. */
@NullMarked
package io.jenkins.plugins.amirefresh.plugin.trigger;

import org.jspecify.annotations.NullMarked;
