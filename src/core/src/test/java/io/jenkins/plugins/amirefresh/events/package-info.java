/** Events and tags as people and AWS write them, in tables. */
@NullMarked
package io.jenkins.plugins.amirefresh.events;

import org.jspecify.annotations.NullMarked;
