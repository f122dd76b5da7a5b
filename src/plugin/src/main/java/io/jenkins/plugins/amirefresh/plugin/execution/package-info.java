/**
 * How an operation lives in a controller: ticked on one bounded pool, without a thread or executor while it waits, continued
 * after a restart, finished by the controller when its build cannot.
 */
@NullMarked
package io.jenkins.plugins.amirefresh.plugin.execution;

import org.jspecify.annotations.NullMarked;
