/**
 * SSH to simulated machines, on loopback. Nothing that a client sends is ever run: commands are answered as the account
 * file declares, and files go to an empty folder of the machine's own.
 */
@NullMarked
package io.jenkins.plugins.amirefresh.simulator.ssh;

import org.jspecify.annotations.NullMarked;
