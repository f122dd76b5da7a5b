package io.jenkins.plugins.amirefresh.aws;

import io.jenkins.plugins.amirefresh.model.AccountAccess;
import io.jenkins.plugins.amirefresh.model.AccountId;
import io.jenkins.plugins.amirefresh.model.AwsRegion;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;

/**
 * One way to be somebody at AWS: base credentials and, when the access names one, the role assumed with them. The session is
 * renewed before it ends, so one session outlives a wait of days.
 *
 * <p>Thread: any.
 */
final class AwsIdentity implements AwsCredentialsProvider {

    // Chained roles get one hour at most. Source: IAM User Guide, "Roles terms and concepts: role chaining".
    private static final Duration SESSION = Duration.ofHours(1);
    private static final Duration RENEW_BEFORE_END = Duration.ofMinutes(5);

    private final AccountAccess access;
    private final String sessionName;
    private final RenewableCredentials base;
    private final Function<AwsRegion, StsClient> sts;
    private final Clock clock;
    private @Nullable Session session;
    private @Nullable AccountId account;

    /** @param sts STS with the base credentials, in a region */
    AwsIdentity(
            AccountAccess access,
            String sessionName,
            RenewableCredentials base,
            Function<AwsRegion, StsClient> sts,
            Clock clock) {
        this.access = access;
        this.sessionName = sessionName;
        this.base = base;
        this.sts = sts;
        this.clock = clock;
    }

    /** The account, asked of STS once. Source: GetCallerIdentity needs no permission, API reference. */
    synchronized AccountId account(AwsRegion region) {
        AccountId known = account;
        if (known == null) {
            refreshed("GetCallerIdentity", "", region);
            try {
                known = new AccountId(sts.apply(region)
                        .getCallerIdentity(request ->
                                request.overrideConfiguration(override -> override.credentialsProvider(this)))
                        .account());
            } catch (SdkException e) {
                throw CloudErrors.translate("GetCallerIdentity", "", region, e);
            }
            account = known;
        }
        return known;
    }

    /** The account when it was asked for before; makes no call. */
    synchronized @Nullable AccountId knownAccount() {
        return account;
    }

    /**
     * Makes sure that there are credentials which last for a call, so that a refusal names the role and not the call.
     *
     * @param operation what they are for
     */
    synchronized void refreshed(String operation, String resource, AwsRegion region) {
        if (access.roleArn().isEmpty()) {
            resolveBase(operation, resource, region);
            return;
        }
        Session current = session;
        if (current == null || !clock.instant().isBefore(current.renewAt())) {
            session = assumed(region);
        }
    }

    private void resolveBase(String operation, String resource, AwsRegion region) {
        try {
            base.resolveCredentials();
        } catch (SdkException e) {
            throw CloudErrors.withoutCredentials(operation, resource, region, e);
        }
    }

    /** Resolves everything anew after AWS refused the credentials of a call as stale. */
    synchronized void renew(String operation, String resource, AwsRegion region) {
        session = null;
        base.forget();
        refreshed(operation, resource, region);
    }

    private Session assumed(AwsRegion region) {
        try {
            AssumeRoleResponse answer = sts.apply(region).assumeRole(request -> {
                request.roleArn(access.roleArn()).roleSessionName(sessionName).durationSeconds((int)
                        SESSION.toSeconds());
                if (!access.externalId().isEmpty()) {
                    request.externalId(access.externalId());
                }
            });
            var issued = answer.credentials();
            return new Session(
                    AwsSessionCredentials.create(issued.accessKeyId(), issued.secretAccessKey(), issued.sessionToken()),
                    issued.expiration().minus(RENEW_BEFORE_END));
        } catch (SdkException e) {
            throw CloudErrors.withoutCredentials("AssumeRole", access.roleArn(), region, e);
        }
    }

    /** What the SDK signs with: the session that {@link #refreshed} made sure of. */
    @Override
    public synchronized AwsCredentials resolveCredentials() {
        return session == null ? base.resolveCredentials() : session.credentials();
    }

    private record Session(AwsSessionCredentials credentials, Instant renewAt) {
        @Override
        public String toString() {
            return "a session to be renewed at " + renewAt;
        }
    }
}
