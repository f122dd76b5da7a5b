/** The step {@code fleetReport}: how old the images are that a fleet runs. */
@NullMarked
package io.jenkins.plugins.amirefresh.step.fleetreport;

import org.jspecify.annotations.NullMarked;
