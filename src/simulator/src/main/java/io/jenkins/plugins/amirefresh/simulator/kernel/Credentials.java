package io.jenkins.plugins.amirefresh.simulator.kernel;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The access keys that exist and whose they are. A key that nobody declared belongs to the default account's user, so
 * that any client with any credentials works.
 */
public final class Credentials {

    private final Map<String, Principal> principals = new HashMap<>();
    private final String defaultAccountId;

    /** @param defaultAccountId the account of unknown keys */
    public Credentials(String defaultAccountId) {
        this.defaultAccountId = defaultAccountId;
    }

    /** Binds a key for ever, as an IAM user's key is. */
    public void declare(String accessKeyId, String accountId, String arn) {
        principals.put(accessKeyId, new Principal(accountId, arn, Instant.MAX));
    }

    /** Binds a temporary key, as AssumeRole issues them. */
    public void issue(String accessKeyId, String accountId, String arn, Instant expiresAt) {
        principals.put(accessKeyId, new Principal(accountId, arn, expiresAt));
    }

    /** Whose key this is. */
    public Principal principal(String accessKeyId) {
        return Optional.ofNullable(principals.get(accessKeyId))
                .orElseGet(() -> new Principal(
                        defaultAccountId, "arn:aws:iam::" + defaultAccountId + ":user/default", Instant.MAX));
    }

    /** The account of unknown keys. */
    public String defaultAccountId() {
        return defaultAccountId;
    }

    /**
     * An identity that calls.
     *
     * @param expiresAt from then on AWS refuses the key; {@link Instant#MAX} for a user's key
     */
    public record Principal(String accountId, String arn, Instant expiresAt) {}
}
