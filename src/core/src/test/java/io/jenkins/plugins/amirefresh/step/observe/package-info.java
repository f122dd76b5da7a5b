/** Who asks what, and how many calls that costs. */
@NullMarked
package io.jenkins.plugins.amirefresh.step.observe;

import org.jspecify.annotations.NullMarked;
