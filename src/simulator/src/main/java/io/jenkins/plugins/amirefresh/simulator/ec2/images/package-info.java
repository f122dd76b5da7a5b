/** AMIs: their states, who may use them, making, copying and retiring them. */
@NullMarked
package io.jenkins.plugins.amirefresh.simulator.ec2.images;

import org.jspecify.annotations.NullMarked;
