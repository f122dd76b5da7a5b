package io.jenkins.plugins.amirefresh.journal;

import io.jenkins.plugins.amirefresh.model.Capacity;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateId;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.model.VersionReference;

/**
 * How a group was before a refresh touched it; written before the first mutation of the group.
 *
 * @param runId the run that refreshes it
 * @param from the version its instances ran
 * @param to the version it is being brought to
 * @param reference how the group named its version before anyone pinned it
 * @param previousDefault the template's default version then
 * @param capacity its sizes then
 */
public record RefreshRecord(
        String runId,
        GroupKey group,
        LaunchTemplateId template,
        LaunchTemplateVersion from,
        LaunchTemplateVersion to,
        VersionReference reference,
        LaunchTemplateVersion previousDefault,
        Capacity capacity) {}
