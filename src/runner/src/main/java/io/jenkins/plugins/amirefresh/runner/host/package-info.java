/** Runs the product's steps in a rehearsal: the runner's StepHost. */
@NullMarked
package io.jenkins.plugins.amirefresh.runner.host;

import org.jspecify.annotations.NullMarked;
