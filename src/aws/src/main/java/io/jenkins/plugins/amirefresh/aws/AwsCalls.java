package io.jenkins.plugins.amirefresh.aws;

import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.model.AwsRegion;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;

/** How every call of one identity in one region is made: with fresh credentials, paced, its errors translated. */
final class AwsCalls {

    private final AwsIdentity identity;
    private final AwsRegion region;
    private final RequestBuckets buckets;

    AwsCalls(AwsIdentity identity, AwsRegion region, RequestBuckets buckets) {
        this.identity = identity;
        this.region = region;
        this.buckets = buckets;
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
            return call.get();
        } catch (SdkException e) {
            if (!CloudErrors.isStaleCredentials(e)) {
                throw CloudErrors.translate(operation, resource, region, e);
            }
            identity.renew(operation, resource, region);
        }
        try {
            return call.get();
        } catch (SdkException e) {
            throw CloudErrors.translate(operation, resource, region, e);
        }
    }

    /** Makes one call of an operation that has a bucket, unless the bucket is empty. */
    <T> T paced(String operation, String resource, Supplier<T> call) {
        if (!buckets.tryTake(identity.account(region), region, operation)) {
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
