package io.jenkins.plugins.amirefresh.cloud;

/** Instance profiles of IAM, which an account has in all regions. */
public interface InstanceProfiles {

    /**
     * The account has one of this name. IAM's endpoint may be out of reach where those of the region are not; that is not
     * tried again for a while. Permission: {@code iam:GetInstanceProfile}.
     */
    boolean exists(String name);
}
