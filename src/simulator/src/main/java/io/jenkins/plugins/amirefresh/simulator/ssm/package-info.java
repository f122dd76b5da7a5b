/** Systems Manager: parameters and commands with declared outcomes. */
@NullMarked
package io.jenkins.plugins.amirefresh.simulator.ssm;

import org.jspecify.annotations.NullMarked;
