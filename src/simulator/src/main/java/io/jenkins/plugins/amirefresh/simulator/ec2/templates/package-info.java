/** Launch templates and their numbered versions. */
@NullMarked
package io.jenkins.plugins.amirefresh.simulator.ec2.templates;

import org.jspecify.annotations.NullMarked;
