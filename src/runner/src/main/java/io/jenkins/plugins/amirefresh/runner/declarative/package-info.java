/** Declarative Pipeline: reads and checks the pipeline block before anything runs, then runs it. */
@NullMarked
package io.jenkins.plugins.amirefresh.runner.declarative;

import org.jspecify.annotations.NullMarked;
