package io.jenkins.plugins.amirefresh.simulator.account;

import com.fasterxml.jackson.databind.JsonNode;
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
 * @param policy an IAM policy document; null: it may do everything
 */
public record DeclaredRole(
        int line,
        String name,
        List<String> trusts,
        @Nullable String externalId,
        Duration maxSessionDuration,
        @Nullable JsonNode policy) {

    public DeclaredRole {
        trusts = Lists.orEmpty(trusts);
        maxSessionDuration = Lists.or(maxSessionDuration, Duration.ofHours(1));
    }

    /** The role's ARN in its account. */
    public String arn(String accountId) {
        return "arn:aws:iam::" + accountId + ":role/" + name;
    }
}
