/** Real AWS clients, in their own processes, against simulator.jar and runner.jar. */
@NullMarked
package io.jenkins.plugins.amirefresh.test.clients;

import org.jspecify.annotations.NullMarked;
