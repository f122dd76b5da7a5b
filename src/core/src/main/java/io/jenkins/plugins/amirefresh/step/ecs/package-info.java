/** The step {@code updateEcsService}: a new image on services of Amazon ECS, watched until it serves or is back where it was. */
@NullMarked
package io.jenkins.plugins.amirefresh.step.ecs;

import org.jspecify.annotations.NullMarked;
