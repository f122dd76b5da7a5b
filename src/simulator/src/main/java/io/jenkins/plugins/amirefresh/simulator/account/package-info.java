/** Account files: what a simulated account holds when it starts, how its machines behave, what happens to it. */
@NullMarked
package io.jenkins.plugins.amirefresh.simulator.account;

import org.jspecify.annotations.NullMarked;
