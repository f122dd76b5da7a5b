/** Tests of the server. */
@NullMarked
package io.jenkins.plugins.amirefresh.simulator.server;

import org.jspecify.annotations.NullMarked;
