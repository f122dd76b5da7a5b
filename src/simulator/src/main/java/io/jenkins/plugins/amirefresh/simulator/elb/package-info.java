/** Elastic Load Balancing v2: target groups, the health of their targets over time, load balancers as far as needed. */
@NullMarked
package io.jenkins.plugins.amirefresh.simulator.elb;

import org.jspecify.annotations.NullMarked;
