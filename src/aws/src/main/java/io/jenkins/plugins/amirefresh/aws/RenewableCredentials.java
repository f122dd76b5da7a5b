package io.jenkins.plugins.amirefresh.aws;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/**
 * What a provider resolved, for a minute: some providers ask STS each time. A change in a long wait counts from the next
 * minute on, and at once when AWS refuses the old ones.
 *
 * <p>Thread: any.
 */
final class RenewableCredentials implements AwsCredentialsProvider {

    private static final Duration KEPT = Duration.ofMinutes(1);

    private final AwsCredentialsProvider provider;
    private final Clock clock;
    private @Nullable AwsCredentials resolved;
    private Instant until = Instant.MIN;

    RenewableCredentials(AwsCredentialsProvider provider, Clock clock) {
        this.provider = provider;
        this.clock = clock;
    }

    @Override
    public synchronized AwsCredentials resolveCredentials() {
        AwsCredentials known = resolved;
        if (known == null || !clock.instant().isBefore(until)) {
            known = provider.resolveCredentials();
            resolved = known;
            until = clock.instant().plus(KEPT);
        }
        return known;
    }

    /** The next call asks the provider again. */
    synchronized void forget() {
        resolved = null;
    }
}
