/** What every kind of EC2 resource shares: reading requests, tags, filters, pages, idempotency tokens, refusals. */
@NullMarked
package io.jenkins.plugins.amirefresh.simulator.ec2.resources;

import org.jspecify.annotations.NullMarked;
