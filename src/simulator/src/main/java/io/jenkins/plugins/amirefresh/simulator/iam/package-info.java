/** Policies of roles: who may do what to which resource. */
@NullMarked
package io.jenkins.plugins.amirefresh.simulator.iam;

import org.jspecify.annotations.NullMarked;
