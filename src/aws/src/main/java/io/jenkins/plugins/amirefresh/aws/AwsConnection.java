package io.jenkins.plugins.amirefresh.aws;

import io.jenkins.plugins.amirefresh.cloud.CallLog;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.retries.api.BackoffStrategy;

/**
 * What a host brings to reach AWS.
 *
 * @param http the host's own: closing {@link AwsClouds} leaves it open
 * @param endpoint where every service answers, null for AWS's own endpoints
 * @param credentials the provider for a credentials id; the empty id means the host's own identity
 * @param clock when sessions end and how fast calls are paced
 * @param buckets shared by everything of this host that calls AWS
 * @param backoff how long the SDK sleeps before it sends a call again
 * @param version of this product, for the user agent
 * @param calls hears of the calls that change something
 */
public record AwsConnection(
        SdkHttpClient http,
        @Nullable URI endpoint,
        Function<String, AwsCredentialsProvider> credentials,
        Clock clock,
        RequestBuckets buckets,
        BackoffStrategy backoff,
        String version,
        CallLog calls) {

    /** What suits AWS itself. */
    public static final BackoffStrategy PATIENT =
            BackoffStrategy.exponentialDelay(Duration.ofMillis(50), Duration.ofSeconds(1));

    /** AWS's own endpoints, with buckets of its own. */
    public static AwsConnection of(
            SdkHttpClient http, Function<String, AwsCredentialsProvider> credentials, Clock clock, String version) {
        return new AwsConnection(
                http, null, credentials, clock, new RequestBuckets(clock), PATIENT, version, CallLog.NONE);
    }

    /** The same with every service at {@code address}, null for AWS's own endpoints. */
    public AwsConnection at(@Nullable URI address) {
        return new AwsConnection(http, address, credentials, clock, buckets, backoff, version, calls);
    }

    /** The same for a simulated account, whose time nobody has to wait for. */
    public AwsConnection withoutWaiting() {
        return new AwsConnection(
                http, endpoint, credentials, clock, buckets, BackoffStrategy.retryImmediately(), version, calls);
    }

    /** The same with somebody who hears of the calls that change something. */
    public AwsConnection toldTo(CallLog listener) {
        return new AwsConnection(http, endpoint, credentials, clock, buckets, backoff, version, listener);
    }
}
