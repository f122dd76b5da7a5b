package io.jenkins.plugins.amirefresh.cloud;

import io.jenkins.plugins.amirefresh.model.Ami;
import io.jenkins.plugins.amirefresh.model.AmiId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Images. */
public interface Amis {

    /** The images with these ids that the caller may see; missing ones are missing in the answer. */
    List<Ami> describe(Collection<AmiId> ids);

    /** The caller's own images with all these tags, newest first. Permission: {@code ec2:DescribeImages}. */
    List<Ami> ownedWithTags(Map<String, String> tags);

    /**
     * The newest available image whose name matches, as the caller sees it.
     *
     * @param namePattern with {@code *} and {@code ?}, as AWS's filter takes it
     * @param owners account ids, {@code self}, {@code amazon}, {@code aws-marketplace}; empty for any
     */
    Optional<Ami> newestNamed(String namePattern, List<String> owners);

    /** Writes tags; repeating it is safe. Permission: {@code ec2:CreateTags}. */
    void putTags(AmiId ami, Map<String, String> tags);

    /** Removes tags by name; repeating it is safe. Permission: {@code ec2:DeleteTags}. */
    void removeTags(AmiId ami, Set<String> names);
}
