/** What a run did, for people and machines: read from the run's record, never from AWS. */
@NullMarked
package io.jenkins.plugins.amirefresh.report;

import org.jspecify.annotations.NullMarked;
