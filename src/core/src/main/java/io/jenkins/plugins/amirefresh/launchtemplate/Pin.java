package io.jenkins.plugins.amirefresh.launchtemplate;

import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.model.LaunchSource;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.model.VersionReference;

/**
 * A group that is made to name a number instead of an alias, so that a new version changes nothing for it.
 *
 * @param was how it named the version
 * @param to the number the alias resolves to
 * @param source where it launches from afterwards
 */
public record Pin(GroupKey group, VersionReference was, LaunchTemplateVersion to, LaunchSource source) {

    /** The tag that says so on the group, until the group gets its alias back. */
    public static final String TAG = "ami-refresh:pinned";

    /** What the tag says: {@code $Latest 3 weekly-refresh-12}. */
    public String tagValue(String runId) {
        return was.text() + " " + to + " " + runId;
    }
}
