/**
 * The ports to AWS: what the operations need of an account in a region, in the domain's own types. Each method is one API
 * call unless it says otherwise, retried only by the SDK's policy, and throws {@link CloudException} alone.
 */
@NullMarked
package io.jenkins.plugins.amirefresh.cloud;

import org.jspecify.annotations.NullMarked;
