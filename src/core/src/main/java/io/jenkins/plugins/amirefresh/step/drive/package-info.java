/** Drives step executions: one unit of work at a time, no thread while they wait, a safe stop, a death at any moment. */
@NullMarked
package io.jenkins.plugins.amirefresh.step.drive;

import org.jspecify.annotations.NullMarked;
