/** AWS SDK v2 behind the ports of {@code cloud}: the only place that sees the SDK's types and AWS's error codes. */
@NullMarked
package io.jenkins.plugins.amirefresh.aws;

import org.jspecify.annotations.NullMarked;
