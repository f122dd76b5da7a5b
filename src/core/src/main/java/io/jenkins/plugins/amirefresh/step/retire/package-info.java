/** {@code retireAmis}: takes AMIs out of use that nothing needs, step by step. */
@NullMarked
package io.jenkins.plugins.amirefresh.step.retire;

import org.jspecify.annotations.NullMarked;
