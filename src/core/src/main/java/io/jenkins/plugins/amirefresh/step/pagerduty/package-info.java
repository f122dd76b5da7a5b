/** Tells PagerDuty that a group needs somebody, and that it no longer does. */
@NullMarked
package io.jenkins.plugins.amirefresh.step.pagerduty;

import org.jspecify.annotations.NullMarked;
