/** The pages as people have them: in a browser. */
@NullMarked
package io.jenkins.plugins.amirefresh.test.browser;

import org.jspecify.annotations.NullMarked;
