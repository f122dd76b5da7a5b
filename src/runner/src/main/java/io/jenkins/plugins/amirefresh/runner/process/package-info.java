/** Processes of the real world that a rehearsal starts, by key. */
@NullMarked
package io.jenkins.plugins.amirefresh.runner.process;

import org.jspecify.annotations.NullMarked;
