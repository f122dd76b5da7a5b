package io.jenkins.plugins.amirefresh.launchtemplate;

import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.model.VersionBrief;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which versions of a launch template count: those that something names, and those that somebody may want to go back to.
 *
 * @param keep how many of the newest do
 * @param within how old others may be
 */
public record VersionHorizon(int keep, Duration within) {

    /**
     * Why each version counts; one that does not is left out.
     *
     * @param named who names a version by its number, in words
     */
    public Map<LaunchTemplateVersion, String> of(
            Collection<VersionBrief> versions,
            LaunchTemplateVersion defaultVersion,
            Map<LaunchTemplateVersion, String> named,
            Instant now) {
        List<LaunchTemplateVersion> newest = versions.stream()
                .map(VersionBrief::version)
                .sorted(Comparator.reverseOrder())
                .limit(Math.max(1, keep))
                .toList();
        Map<LaunchTemplateVersion, String> counting = new TreeMap<>();
        for (VersionBrief version : versions) {
            LaunchTemplateVersion number = version.version();
            String who = named.get(number);
            if (number.equals(defaultVersion)) {
                counting.put(number, "the default");
            } else if (who != null) {
                counting.put(number, who);
            } else if (!newest.isEmpty() && number.equals(newest.get(0))) {
                counting.put(number, "the latest");
            } else if (newest.contains(number)) {
                counting.put(number, "among the newest " + keep);
            } else if (version.createdAt().isAfter(now.minus(within))) {
                counting.put(number, "made " + version.createdAt().toString().substring(0, 10));
            }
        }
        return counting;
    }
}
