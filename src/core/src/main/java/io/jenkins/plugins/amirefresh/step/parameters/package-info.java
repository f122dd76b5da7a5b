/** The parameters of steps: declared once, read strictly, refused in one line. */
@NullMarked
package io.jenkins.plugins.amirefresh.step.parameters;

import org.jspecify.annotations.NullMarked;
