/** The files of a build that hosts share: what a step must not forget, and the run's record. Append-only, forced to disk. */
@NullMarked
package io.jenkins.plugins.amirefresh.step.storage;

import org.jspecify.annotations.NullMarked;
