/**
 * Random worlds: a simulated account in which much goes wrong, one run on it, and what must hold all the same. A world is
 * its seed: the same seed is the same world.
 */
@NullMarked
package io.jenkins.plugins.amirefresh.faultruns;

import org.jspecify.annotations.NullMarked;
