/** The build: console and result. */
@NullMarked
package io.jenkins.plugins.amirefresh.runner.build;

import org.jspecify.annotations.NullMarked;
