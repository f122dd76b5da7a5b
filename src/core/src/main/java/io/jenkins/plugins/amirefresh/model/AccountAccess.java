package io.jenkins.plugins.amirefresh.model;

/**
 * How an account is reached: which credentials, and the role assumed with them. Holds no secret, so it may be saved.
 *
 * @param credentialsId Jenkins credentials, empty for the host's own identity or the environment's
 * @param roleArn the role to assume, empty to use the credentials as they are
 * @param externalId passed to AssumeRole, empty for none
 */
public record AccountAccess(String credentialsId, String roleArn, String externalId)
        implements Comparable<AccountAccess> {

    /** The host's own identity. */
    public static final AccountAccess SELF = new AccountAccess("", "", "");

    /** @throws IllegalArgumentException when {@code roleArn} is neither empty nor the ARN of an IAM role */
    public AccountAccess {
        if (!roleArn.isEmpty() && !roleArn.matches("arn:aws[a-z-]*:iam::[0-9]{12}:role/.+")) {
            throw new IllegalArgumentException(
                    "role '" + roleArn + "' is not an ARN such as arn:aws:iam::123456789012:role/ami-refresh");
        }
    }

    @Override
    public int compareTo(AccountAccess other) {
        return toString().compareTo(other.toString());
    }
}
