/** Build parameters as a pipeline declares them. */
@NullMarked
package io.jenkins.plugins.amirefresh.runner.parameters;

import org.jspecify.annotations.NullMarked;
