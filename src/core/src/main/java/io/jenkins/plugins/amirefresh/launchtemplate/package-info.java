/** Which launch templates get a version with a new AMI, which may not and why, and which groups are pinned first. Pure. */
@NullMarked
package io.jenkins.plugins.amirefresh.launchtemplate;

import org.jspecify.annotations.NullMarked;
