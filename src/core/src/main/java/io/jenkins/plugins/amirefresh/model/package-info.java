/** Placeholder. */
@NullMarked
package io.jenkins.plugins.amirefresh.model;

import org.jspecify.annotations.NullMarked;
