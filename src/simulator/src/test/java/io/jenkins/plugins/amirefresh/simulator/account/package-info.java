/** Tests of account files. */
@NullMarked
package io.jenkins.plugins.amirefresh.simulator.account;

import org.jspecify.annotations.NullMarked;
