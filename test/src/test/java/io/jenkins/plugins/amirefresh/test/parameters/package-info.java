/** Every parameter of every step changes what happens. */
@NullMarked
package io.jenkins.plugins.amirefresh.test.parameters;

import org.jspecify.annotations.NullMarked;
