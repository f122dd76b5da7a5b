package io.jenkins.plugins.amirefresh.cloud;

import java.util.Collection;
import java.util.Map;

/** EBS snapshots of the caller's own. */
public interface Snapshots {

    /** The value of one tag by snapshot, of those that have it. Permission: {@code ec2:DescribeSnapshots}. */
    Map<String, String> tagged(String name);

    /** Writes one tag on several, one call. Permission: {@code ec2:CreateTags}. */
    void putTag(Collection<String> ids, String name, String value);

    /** Removes one tag. Permission: {@code ec2:DeleteTags}. */
    void removeTag(String id, String name);

    /**
     * Deletes one, refused while an AMI needs it. Permission: {@code ec2:DeleteSnapshot}.
     *
     * @throws CloudException.NotFound when it is gone already
     */
    void delete(String id);
}
