/** What would make work on a group fail half-way, looked at before its first change; changes nothing. */
@NullMarked
package io.jenkins.plugins.amirefresh.step.preflight;

import org.jspecify.annotations.NullMarked;
