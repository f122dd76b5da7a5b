/**
 * Random weeks: groups with windows of all kinds, builds that wait for them, and what must hold all the same. Which windows a
 * group has is worked out here once more, plainly, so that a mistake of the product's calendar shows.
 */
@NullMarked
package io.jenkins.plugins.amirefresh.weeks;

import org.jspecify.annotations.NullMarked;
