/** Where calls come in: dispatch to the services, the log of calls, and the client and server that real tools use. */
@NullMarked
package io.jenkins.plugins.amirefresh.simulator.front;

import org.jspecify.annotations.NullMarked;
