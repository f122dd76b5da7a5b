/** Runs CPS-transformed Groovy: threads, step calls, bodies, and the program saved at every suspension. */
@NullMarked
package io.jenkins.plugins.amirefresh.runner.interpreter;

import org.jspecify.annotations.NullMarked;
