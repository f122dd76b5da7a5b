/** What people read about the steps says what the steps do. */
@NullMarked
package io.jenkins.plugins.amirefresh.test.documentation;

import org.jspecify.annotations.NullMarked;
