/** Queues, standard and FIFO, and the events that AWS delivers to them. */
@NullMarked
package io.jenkins.plugins.amirefresh.simulator.sqs;

import org.jspecify.annotations.NullMarked;
