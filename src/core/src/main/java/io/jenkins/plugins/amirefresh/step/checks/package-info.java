/** Checks as pipelines give them, and the asking of them: of new instances, of old ones, of load balancers. */
@NullMarked
package io.jenkins.plugins.amirefresh.step.checks;

import org.jspecify.annotations.NullMarked;
