/** What goes on in a controller behind the steps. */
@NullMarked
package io.jenkins.plugins.amirefresh.plugin.execution;

import org.jspecify.annotations.NullMarked;
