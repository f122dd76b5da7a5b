/** Amazon ECR: repositories with their images by tag and digest. */
@NullMarked
package io.jenkins.plugins.amirefresh.simulator.ecr;

import org.jspecify.annotations.NullMarked;
