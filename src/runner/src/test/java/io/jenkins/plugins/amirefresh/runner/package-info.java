/** The command line. */
@NullMarked
package io.jenkins.plugins.amirefresh.runner;

import org.jspecify.annotations.NullMarked;
