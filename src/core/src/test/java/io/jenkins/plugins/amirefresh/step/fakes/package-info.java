/** A host and an account in memory for tests of operations: they answer what a test put in and write down every change. */
@NullMarked
package io.jenkins.plugins.amirefresh.step.fakes;

import org.jspecify.annotations.NullMarked;
