package io.jenkins.plugins.amirefresh.simulator.kernel;

/**
 * Who calls, and where: from the credential scope of the request's SigV4 header, never verified.
 *
 * @param accountId the 12 digits of the account that the access key belongs to
 * @param region for example {@code eu-west-1}
 * @param arn the principal, for example {@code arn:aws:sts::111111111111:assumed-role/ami-refresh/build-7}
 * @param accessKeyId the key the request was signed with
 */
public record Caller(String accountId, String region, String arn, String accessKeyId) {

    /** Where the call lands. */
    public AccountRegion at() {
        return new AccountRegion(accountId, region);
    }
}
