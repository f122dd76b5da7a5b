package io.jenkins.plugins.amirefresh.aws;

import java.net.URI;
import java.time.Clock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * What a host brings to reach AWS.
 *
 * @param http the host's own: closing {@link AwsClouds} leaves it open
 * @param endpoint where every service answers, null for AWS's own endpoints
 * @param credentials the provider for a credentials id; the empty id means the host's own identity
 * @param clock when sessions end and how fast calls are paced
 * @param buckets shared by everything of this host that calls AWS
 * @param version of this product, for the user agent
 */
public record AwsConnection(
        SdkHttpClient http,
        @Nullable URI endpoint,
        Function<String, AwsCredentialsProvider> credentials,
        Clock clock,
        RequestBuckets buckets,
        String version) {

    /** AWS's own endpoints, with buckets of its own. */
    public static AwsConnection of(
            SdkHttpClient http, Function<String, AwsCredentialsProvider> credentials, Clock clock, String version) {
        return new AwsConnection(http, null, credentials, clock, new RequestBuckets(clock), version);
    }

    /** The same with every service at {@code address}. */
    public AwsConnection at(URI address) {
        return new AwsConnection(http, address, credentials, clock, buckets, version);
    }
}
