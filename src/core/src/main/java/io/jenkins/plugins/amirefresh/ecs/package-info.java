/** What becomes of a service of Amazon ECS: the wanted change, and how its deployment goes. Pure: observations in, decisions out. */
@NullMarked
package io.jenkins.plugins.amirefresh.ecs;

import org.jspecify.annotations.NullMarked;
