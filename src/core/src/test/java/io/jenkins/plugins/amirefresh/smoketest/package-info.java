/** Answers in, verdicts out. */
@NullMarked
package io.jenkins.plugins.amirefresh.smoketest;

import org.jspecify.annotations.NullMarked;
