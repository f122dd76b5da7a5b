/** Tests of the builder without Packer. */
@NullMarked
package io.jenkins.plugins.amirefresh.runner.builder;

import org.jspecify.annotations.NullMarked;
