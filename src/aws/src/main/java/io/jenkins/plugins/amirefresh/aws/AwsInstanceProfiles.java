package io.jenkins.plugins.amirefresh.aws;

import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.cloud.InstanceProfiles;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Instance profiles over the AWS SDK. Where a network has endpoints of EC2 but none of IAM, a call ends by a time-out: one for
 * all groups is enough. Source: IAM User Guide, "Interface VPC endpoints": IAM's are in one region of a partition.
 */
final class AwsInstanceProfiles implements InstanceProfiles {

    private static final Duration UNREACHABLE_FOR = Duration.ofMinutes(30);

    private final AwsCalls calls;
    private final AwsClients clients;
    private final Clock clock;
    private CloudException.@Nullable Unavailable unanswered;
    private Instant askAgain = Instant.MIN;

    AwsInstanceProfiles(AwsCalls calls, AwsClients clients, Clock clock) {
        this.calls = calls;
        this.clients = clients;
        this.clock = clock;
    }

    @Override
    public synchronized boolean exists(String name) {
        CloudException.Unavailable last = unanswered;
        if (last != null && clock.instant().isBefore(askAgain)) {
            throw last;
        }
        unanswered = null;
        try {
            calls.call("GetInstanceProfile", name, () -> clients.identities()
                    .getInstanceProfile(request -> request.instanceProfileName(name)));
            return true;
        } catch (CloudException.NotFound e) {
            return false;
        } catch (CloudException.Unavailable e) {
            unanswered = e;
            askAgain = clock.instant().plus(UNREACHABLE_FOR);
            throw e;
        }
    }
}
