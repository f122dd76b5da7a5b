/** The variables every pipeline sees: env, params, currentBuild, and those of libraries. */
@NullMarked
package io.jenkins.plugins.amirefresh.runner.globals;

import org.jspecify.annotations.NullMarked;
