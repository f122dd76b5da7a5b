/** The step {@code refreshReport}: what the run did, in the console, as JSON and as a page. */
@NullMarked
package io.jenkins.plugins.amirefresh.step.report;

import org.jspecify.annotations.NullMarked;
