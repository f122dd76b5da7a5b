/** The list of all steps, apart from the contracts they share so that nothing imports in a circle. */
@NullMarked
package io.jenkins.plugins.amirefresh.step.catalog;

import org.jspecify.annotations.NullMarked;
