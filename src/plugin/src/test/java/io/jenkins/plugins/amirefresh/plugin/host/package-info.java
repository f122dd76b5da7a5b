/** What the plugin says to other services, and what they answer. */
@NullMarked
package io.jenkins.plugins.amirefresh.plugin.host;

import org.jspecify.annotations.NullMarked;
