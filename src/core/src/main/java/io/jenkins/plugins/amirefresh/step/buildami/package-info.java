/** The step {@code buildAmi}: runs Packer on the agent, or takes an identical image that is there already. */
@NullMarked
package io.jenkins.plugins.amirefresh.step.buildami;

import org.jspecify.annotations.NullMarked;
