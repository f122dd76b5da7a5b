/** Tests of the decider: tables at each boundary, and walks in a small model of a group. */
@NullMarked
package io.jenkins.plugins.amirefresh.refresh;

import org.jspecify.annotations.NullMarked;
