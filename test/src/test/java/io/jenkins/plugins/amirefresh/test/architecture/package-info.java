/** Who may know whom, with the reason for each rule. */
@NullMarked
package io.jenkins.plugins.amirefresh.test.architecture;

import org.jspecify.annotations.NullMarked;
