/** What a build keeps of its refresh: the run's record and the page that shows it. */
@NullMarked
package io.jenkins.plugins.amirefresh.plugin.report;

import org.jspecify.annotations.NullMarked;
