/**
 * How a group is brought to a launch template version: observations in, decisions out. Pure: no ports, no clock, no
 * output, so every decision can be replayed from what was saved.
 */
@NullMarked
package io.jenkins.plugins.amirefresh.refresh;

import org.jspecify.annotations.NullMarked;
