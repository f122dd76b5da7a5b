/** Which AMIs go out of use, and how far: what refers to them comes in, decisions go out. */
@NullMarked
package io.jenkins.plugins.amirefresh.retire;

import org.jspecify.annotations.NullMarked;
