/** The step {@code restoreAsgs}: undoes what an interrupted refresh left behind. */
@NullMarked
package io.jenkins.plugins.amirefresh.step.restore;

import org.jspecify.annotations.NullMarked;
