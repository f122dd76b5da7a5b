/** What we write on images and read from them: family, build key, where they come from, and that one is bad. */
@NullMarked
package io.jenkins.plugins.amirefresh.ami;

import org.jspecify.annotations.NullMarked;
