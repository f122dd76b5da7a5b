package io.jenkins.plugins.amirefresh.simulator.account;

import java.util.List;

/**
 * A role that callers may assume.
 *
 * @param name without path
 * @param trusts ids of the accounts that may assume it; empty: every declared account
 */
public record DeclaredRole(int line, String name, List<String> trusts) {

    public DeclaredRole {
        trusts = Lists.orEmpty(trusts);
    }

    /** The role's ARN in its account. */
    public String arn(String accountId) {
        return "arn:aws:iam::" + accountId + ":role/" + name;
    }
}
