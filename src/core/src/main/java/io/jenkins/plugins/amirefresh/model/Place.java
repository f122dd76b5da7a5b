package io.jenkins.plugins.amirefresh.model;

/**
 * Where a step works: one region of one account, and how the account is reached.
 *
 * @param access holds no secret
 */
public record Place(AccountAccess access, AwsRegion region) {

    @Override
    public String toString() {
        return (access.roleArn().isEmpty() ? "self" : access.roleArn()) + " in " + region;
    }
}
