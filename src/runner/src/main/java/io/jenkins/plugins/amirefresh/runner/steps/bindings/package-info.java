/** Steps that give variables and credentials to the steps inside. */
@NullMarked
package io.jenkins.plugins.amirefresh.runner.steps.bindings;

import org.jspecify.annotations.NullMarked;
