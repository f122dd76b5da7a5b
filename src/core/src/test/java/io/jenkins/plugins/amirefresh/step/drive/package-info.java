@NullMarked
package io.jenkins.plugins.amirefresh.step.drive;

import org.jspecify.annotations.NullMarked;
