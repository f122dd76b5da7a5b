/** The step {@code updateLaunchTemplates}: gives launch templates a version with a new AMI, and launches nothing. */
@NullMarked
package io.jenkins.plugins.amirefresh.step.launchtemplates;

import org.jspecify.annotations.NullMarked;
