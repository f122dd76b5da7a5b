/** Placeholder. */
@NullMarked
package io.jenkins.plugins.amirefresh.aws;

import org.jspecify.annotations.NullMarked;
