/** What happened in a run, append-only: the report, Slack, later steps and a resumed build read it. */
@NullMarked
package io.jenkins.plugins.amirefresh.journal;

import org.jspecify.annotations.NullMarked;
