/**
 * Groups being refreshed or rolled back, as every step that changes groups drives them: one document a group in the step's
 * state, one save for all intents of a tick, then the calls.
 */
@NullMarked
package io.jenkins.plugins.amirefresh.step.fleet;

import org.jspecify.annotations.NullMarked;
