/** The simulator as a program: its HTTP server on loopback, its clock in real time, its control interface and command line. */
@NullMarked
package io.jenkins.plugins.amirefresh.simulator.server;

import org.jspecify.annotations.NullMarked;
