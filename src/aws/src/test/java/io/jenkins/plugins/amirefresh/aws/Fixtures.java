package io.jenkins.plugins.amirefresh.aws;

import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.model.AccountAccess;
import io.jenkins.plugins.amirefresh.model.AwsRegion;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;

/** What the tests of the adapters share. */
final class Fixtures {

    static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    static final AwsRegion IRELAND = new AwsRegion("eu-west-1");
    static final AccountAccess ROLE =
            new AccountAccess("", "arn:aws:iam::222222222222:role/ami-refresh", "shared-word");

    private Fixtures() {}

    static AwsConnection connection(SdkHttpClient http, Clock clock) {
        return AwsConnection.of(
                        http,
                        id -> StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIATEST", "secret")),
                        clock,
                        "1.0")
                .withoutWaiting();
    }

    static Cloud cloud(SdkHttpClient http) {
        return clouds(http).cloud(AccountAccess.SELF, IRELAND);
    }

    static AwsClouds clouds(SdkHttpClient http) {
        return new AwsClouds(connection(http, Clock.fixed(NOON, ZoneOffset.UTC)), "weekly refresh", 12);
    }

    static String identity(String account) {
        return "<GetCallerIdentityResponse><GetCallerIdentityResult><Account>" + account
                + "</Account></GetCallerIdentityResult></GetCallerIdentityResponse>";
    }

    static String session(String key, Instant end) {
        return "<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>" + key
                + "</AccessKeyId><SecretAccessKey>s3cr3t</SecretAccessKey><SessionToken>t0k3n</SessionToken><Expiration>"
                + end + "</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>";
    }

    static String groups(String members, String nextToken) {
        return "<DescribeAutoScalingGroupsResponse><DescribeAutoScalingGroupsResult><AutoScalingGroups>" + members
                + "</AutoScalingGroups>" + (nextToken.isEmpty() ? "" : "<NextToken>" + nextToken + "</NextToken>")
                + "</DescribeAutoScalingGroupsResult></DescribeAutoScalingGroupsResponse>";
    }

    /** A clock that tests move. */
    static final class MovingClock extends Clock {
        private Instant now = NOON;

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
