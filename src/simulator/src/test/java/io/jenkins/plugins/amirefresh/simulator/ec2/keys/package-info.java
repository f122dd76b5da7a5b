/** Tests of key pairs. */
@NullMarked
package io.jenkins.plugins.amirefresh.simulator.ec2.keys;

import org.jspecify.annotations.NullMarked;
