/** Amazon ECS: clusters, task definitions, and services whose tasks roll out over simulated time. */
@NullMarked
package io.jenkins.plugins.amirefresh.simulator.ecs;

import org.jspecify.annotations.NullMarked;
