/** The plugin in a real Jenkins; run where Jenkins' repository is reachable. */
@NullMarked
package io.jenkins.plugins.amirefresh.plugin;

import org.jspecify.annotations.NullMarked;
