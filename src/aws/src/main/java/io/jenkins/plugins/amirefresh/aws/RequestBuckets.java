package io.jenkins.plugins.amirefresh.aws;

import io.jenkins.plugins.amirefresh.model.AccountId;
import io.jenkins.plugins.amirefresh.model.AwsRegion;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps each API of EC2 under the request rate that AWS publishes per account and region, for all builds of a host together.
 * Never waits: a call that has no token is answered as throttled without being sent, and the next tick tries again.
 *
 * <p>EC2 Auto Scaling and Elastic Load Balancing publish no rate, so they have no bucket; but for terminations, one a call,
 * which would otherwise leave nothing of the account's shared bucket to reads and to the fleet's own scaling.
 *
 * <p>Thread: any. Source: Amazon EC2 Developer Guide, "Request throttling for the Amazon EC2 API".
 */
public final class RequestBuckets {

    private static final Rate READ = new Rate(100, 20);
    private static final Rate WRITE = new Rate(50, 5);
    // As published, but for the last one, which is ours.
    private static final Map<String, Rate> RATES = Map.of(
            "CreateLaunchTemplateVersion", new Rate(100, 5),
            "ModifyLaunchTemplate", new Rate(100, 5),
            "DeregisterImage", new Rate(100, 5),
            "ModifyImageAttribute", new Rate(100, 5),
            "DeleteSnapshot", new Rate(100, 5),
            "CreateTags", new Rate(100, 10),
            "DeleteTags", new Rate(100, 10),
            "CopyImage", new Rate(100, 1),
            "RunInstances", new Rate(5, 2),
            "TerminateInstanceInAutoScalingGroup", new Rate(100, 10));

    private final Clock clock;
    private final Map<Key, Bucket> buckets = new ConcurrentHashMap<>();

    /** Full buckets. */
    public RequestBuckets(Clock clock) {
        this.clock = clock;
    }

    /** Takes a token for one request of an EC2 operation; false when the request must wait. */
    boolean tryTake(AccountId account, AwsRegion region, String operation) {
        Instant now = clock.instant();
        return buckets.computeIfAbsent(new Key(account, region, operation), key -> new Bucket(rate(operation), now))
                .tryTake(now);
    }

    /** Requests a second that AWS admits in the long run. */
    static int perSecond(String operation) {
        return rate(operation).perSecond();
    }

    private static Rate rate(String operation) {
        Rate published = RATES.get(operation);
        if (published != null) {
            return published;
        }
        return operation.startsWith("Describe") ? READ : WRITE;
    }

    private record Key(AccountId account, AwsRegion region, String operation) {}

    private record Rate(int size, int perSecond) {}

    private static final class Bucket {
        private final Rate rate;
        private double tokens;
        private Instant filledAt;

        Bucket(Rate rate, Instant now) {
            this.rate = rate;
            this.tokens = rate.size();
            this.filledAt = now;
        }

        synchronized boolean tryTake(Instant now) {
            if (now.isAfter(filledAt)) {
                double seconds = Duration.between(filledAt, now).toMillis() / 1000.0;
                tokens = Math.min(rate.size(), tokens + seconds * rate.perSecond());
            }
            // Also when the clock was set back: the next tokens come from there on, not when it is that late again.
            filledAt = now;
            if (tokens < 1) {
                return false;
            }
            tokens -= 1;
            return true;
        }
    }
}
