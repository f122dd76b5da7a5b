/** Capacity Reservations: slots of one instance type in one zone that launches take and terminations give back. */
@NullMarked
package io.jenkins.plugins.amirefresh.simulator.ec2.reservations;

import org.jspecify.annotations.NullMarked;
