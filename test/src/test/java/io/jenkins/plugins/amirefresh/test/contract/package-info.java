/** What every host of the steps keeps, whoever it is. */
@NullMarked
package io.jenkins.plugins.amirefresh.test.contract;

import org.jspecify.annotations.NullMarked;
