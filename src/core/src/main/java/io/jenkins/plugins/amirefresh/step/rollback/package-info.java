/** The step {@code rollbackAsgs}: groups go back to the version that is on record. */
@NullMarked
package io.jenkins.plugins.amirefresh.step.rollback;

import org.jspecify.annotations.NullMarked;
