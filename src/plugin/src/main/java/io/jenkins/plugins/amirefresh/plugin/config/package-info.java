/** What administrators set once for all builds. */
@NullMarked
package io.jenkins.plugins.amirefresh.plugin.config;

import org.jspecify.annotations.NullMarked;
