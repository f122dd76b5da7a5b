package io.jenkins.plugins.amirefresh.journal;

import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateId;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.model.VersionReference;
import org.jspecify.annotations.Nullable;

/**
 * How overrides of a mixed instances policy used a launch template of their own before a refresh.
 *
 * @param reference how they named its version before anyone pinned it
 * @param previousDefault its default version then
 * @param ami what its instances ran, where the version follows a parameter; null else, when it was not known, and in records
 *     of older versions
 */
public record OverrideRecord(
        LaunchTemplateId template,
        LaunchTemplateVersion from,
        LaunchTemplateVersion to,
        VersionReference reference,
        LaunchTemplateVersion previousDefault,
        @Nullable AmiId ami) {}
