/** The run's record in, documents out. */
@NullMarked
package io.jenkins.plugins.amirefresh.report;

import org.jspecify.annotations.NullMarked;
