/** How this project's programs come to run in a JVM that starts fast. Knows nothing of what they do. */
@NullMarked
package io.jenkins.plugins.amirefresh.simulator.launch;

import org.jspecify.annotations.NullMarked;
