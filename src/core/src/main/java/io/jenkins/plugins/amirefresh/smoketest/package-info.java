/** Whether a group's application works: checks as data, answers in, verdicts out. Sends nothing itself. */
@NullMarked
package io.jenkins.plugins.amirefresh.smoketest;

import org.jspecify.annotations.NullMarked;
