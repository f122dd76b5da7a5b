package io.jenkins.plugins.amirefresh.simulator.account;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A role that callers may assume.
 *
 * @param name without path
 * @param trusts ids of the accounts that may assume it; empty: every declared account
 * @param externalId that callers have to give; null: none
 * @param maxSessionDuration one hour as in AWS when not said
 */
public record DeclaredRole(
        int line, String name, List<String> trusts, @Nullable String externalId, Duration maxSessionDuration) {

    public DeclaredRole {
        trusts = Lists.orEmpty(trusts);
        maxSessionDuration = Lists.or(maxSessionDuration, Duration.ofHours(1));
    }

    /** The role's ARN in its account. */
    public String arn(String accountId) {
        return "arn:aws:iam::" + accountId + ":role/" + name;
    }
}
