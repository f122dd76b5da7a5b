/** Shared libraries: their variables, classes and resources. */
@NullMarked
package io.jenkins.plugins.amirefresh.runner.library;

import org.jspecify.annotations.NullMarked;
