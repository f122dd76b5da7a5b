/** The catalogue of all standard Pipeline steps. */
@NullMarked
package io.jenkins.plugins.amirefresh.runner.steps;

import org.jspecify.annotations.NullMarked;
