/** The observer that all steps of a host share, so that calls grow with groups and not with steps or builds. */
@NullMarked
package io.jenkins.plugins.amirefresh.step.observe;

import org.jspecify.annotations.NullMarked;
