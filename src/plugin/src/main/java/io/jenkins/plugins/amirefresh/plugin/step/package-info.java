/** The steps as Pipeline sees them: names, setters and forms. They decide nothing. */
@NullMarked
package io.jenkins.plugins.amirefresh.plugin.step;

import org.jspecify.annotations.NullMarked;
