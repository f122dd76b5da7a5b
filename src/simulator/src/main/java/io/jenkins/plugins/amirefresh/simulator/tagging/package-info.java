/** The Resource Groups Tagging API, as far as it reaches services that are simulated with ARNs. */
@NullMarked
package io.jenkins.plugins.amirefresh.simulator.tagging;

import org.jspecify.annotations.NullMarked;
