package io.jenkins.plugins.amirefresh.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.model.AccountId;
import io.jenkins.plugins.amirefresh.model.AwsRegion;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class RequestBucketsTest {

    private static final AccountId ACCOUNT = new AccountId("111111111111");
    private static final AwsRegion REGION = new AwsRegion("eu-west-1");

    private final Wall wall = new Wall();
    private final RequestBuckets buckets = new RequestBuckets(wall);

    @Test
    void whenTheBucketIsEmpty_thenTokensComeAtTheRateThatAwsPublishes() {
        // given
        empty();

        // when
        wall.now = wall.now.plusSeconds(1);

        // then
        assertThat(taken()).isEqualTo(20);
    }

    @Test
    void whenTheClockIsSetBack_thenTokensComeFromThereOn() {
        // given
        empty();
        wall.now = wall.now.minus(Duration.ofHours(1));

        // when
        int atOnce = taken();
        wall.now = wall.now.plusSeconds(1);

        // then
        assertThat(atOnce).isZero();
        assertThat(taken()).isEqualTo(20);
    }

    private void empty() {
        assertThat(taken()).isEqualTo(100);
    }

    private int taken() {
        int taken = 0;
        while (buckets.tryTake(ACCOUNT, REGION, "DescribeImages")) {
            taken++;
        }
        return taken;
    }

    private static final class Wall extends Clock {

        private Instant now = Instant.parse("2026-11-22T12:00:00Z");

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
