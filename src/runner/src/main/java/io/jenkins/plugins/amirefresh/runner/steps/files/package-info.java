/** Steps that need a node: files, processes, tests, artifacts. */
@NullMarked
package io.jenkins.plugins.amirefresh.runner.steps.files;

import org.jspecify.annotations.NullMarked;
