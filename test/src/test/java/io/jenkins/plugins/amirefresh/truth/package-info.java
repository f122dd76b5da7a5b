/**
 * Judges what a run says by what the simulated fleet is: one judge for fault runs, scenarios and rehearsals. Knows the
 * report's words and the fleet's rows, and nothing of how a refresh works.
 */
@NullMarked
package io.jenkins.plugins.amirefresh.truth;

import org.jspecify.annotations.NullMarked;
