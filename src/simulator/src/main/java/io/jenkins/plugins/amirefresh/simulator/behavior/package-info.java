/** What a machine does over time: boots, answers, passes status checks, breaks. Declared in the account file. */
@NullMarked
package io.jenkins.plugins.amirefresh.simulator.behavior;

import org.jspecify.annotations.NullMarked;
