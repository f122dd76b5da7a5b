package io.jenkins.plugins.amirefresh.aws;

import io.jenkins.plugins.amirefresh.cloud.CallLog;
import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.model.AwsRegion;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * How every call of one identity in one region is made: with fresh credentials, paced, its errors translated, and those that
 * change something told of.
 */
final class AwsCalls {

    /** How the names of operations begin that change nothing. */
    private static final Set<String> READS = Set.of("Describe", "Get", "List", "BatchGet", "Assume");

    private final AwsIdentity identity;
    private final AwsRegion region;
    private final AwsConnection connection;

    AwsCalls(AwsIdentity identity, AwsRegion region, AwsConnection connection) {
        this.identity = identity;
        this.region = region;
        this.connection = connection;
    }

    /**
     * Makes one call. Credentials that AWS took back or let expire are resolved anew, once: AWS checks them before it does
     * anything, so the first attempt had no effect.
     *
     * @param resource what it is about, for people; empty when it is about everything
     */
    <T> T call(String operation, String resource, Supplier<T> call) {
        identity.refreshed(operation, resource, region);
        try {
            return told(operation, resource, call.get());
        } catch (SdkException e) {
            if (!CloudErrors.isStaleCredentials(e)) {
                throw refused(operation, resource, e);
            }
            identity.renew(operation, resource, region);
        }
        try {
            return told(operation, resource, call.get());
        } catch (SdkException e) {
            throw refused(operation, resource, e);
        }
    }

    private <T> T told(String operation, String resource, T answer) {
        tell(
                operation,
                resource,
                answer instanceof AwsResponse known ? known.responseMetadata().requestId() : "",
                "");
        return answer;
    }

    private CloudException refused(String operation, String resource, SdkException e) {
        CloudException told = CloudErrors.translate(operation, resource, region, e);
        String requestId = e instanceof AwsServiceException answer ? answer.requestId() : "";
        tell(operation, resource, requestId, String.valueOf(told.getMessage()));
        return told;
    }

    private void tell(String operation, String resource, @Nullable String requestId, String error) {
        if (READS.stream().noneMatch(operation::startsWith)) {
            String id = requestId == null || requestId.equals("UNKNOWN") ? "" : requestId;
            connection
                    .calls()
                    .made(new CallLog.Made(
                            connection.clock().instant(),
                            identity.knownAccount(),
                            region,
                            operation,
                            resource,
                            id,
                            error));
        }
    }

    /** Makes one call of an operation that has a bucket, unless the bucket is empty. */
    <T> T paced(String operation, String resource, Supplier<T> call) {
        if (!connection.buckets().tryTake(identity.account(region), region, operation)) {
            throw new CloudException.Throttled(
                    operation + (resource.isEmpty() ? "" : " of " + resource) + " in " + region
                            + ": held back on this side, at most " + RequestBuckets.perSecond(operation)
                            + " a second",
                    "",
                    null);
        }
        return call(operation, resource, call);
    }
}
