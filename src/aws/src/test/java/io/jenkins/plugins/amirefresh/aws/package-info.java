/** The adapters with the real SDK: against canned answers, and against the simulator. */
@NullMarked
package io.jenkins.plugins.amirefresh.aws;

import org.jspecify.annotations.NullMarked;
