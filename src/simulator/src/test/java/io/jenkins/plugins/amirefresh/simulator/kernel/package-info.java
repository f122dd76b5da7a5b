/** Tests of the kernel. */
@NullMarked
package io.jenkins.plugins.amirefresh.simulator.kernel;

import org.jspecify.annotations.NullMarked;
