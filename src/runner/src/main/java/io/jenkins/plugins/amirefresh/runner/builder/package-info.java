/**
 * Builds images without Packer: on a machine that has none, a rehearsal runs this in place of the program. It reads the same
 * command line and variables, makes the same calls to EC2 and writes the same output and manifest.
 */
@NullMarked
package io.jenkins.plugins.amirefresh.runner.builder;

import org.jspecify.annotations.NullMarked;
