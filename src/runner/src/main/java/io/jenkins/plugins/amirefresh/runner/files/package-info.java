/** Files of a workspace: patterns, copies, lists. */
@NullMarked
package io.jenkins.plugins.amirefresh.runner.files;

import org.jspecify.annotations.NullMarked;
