/** STS as the AWS SDK sees it. */
@NullMarked
package io.jenkins.plugins.amirefresh.simulator.sts;

import org.jspecify.annotations.NullMarked;
