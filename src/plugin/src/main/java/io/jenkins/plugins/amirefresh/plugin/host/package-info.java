/** What a controller lends to the operations: processes and files on agents, probes, Slack, credentials, locks. */
@NullMarked
package io.jenkins.plugins.amirefresh.plugin.host;

import org.jspecify.annotations.NullMarked;
