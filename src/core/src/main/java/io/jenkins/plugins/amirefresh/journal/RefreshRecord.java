package io.jenkins.plugins.amirefresh.journal;

import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.model.Capacity;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.model.InstanceObservation;
import io.jenkins.plugins.amirefresh.model.LaunchSource.OverrideImage;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateId;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.model.RefreshLimits;
import io.jenkins.plugins.amirefresh.model.VersionReference;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a group was before a refresh touched it; written before the first mutation of the group.
 *
 * @param runId the run that refreshes it
 * @param from the version its instances ran
 * @param to the version it is being brought to
 * @param reference how the group named its version before anyone pinned it
 * @param previousDefault the template's default version then
 * @param capacity its sizes then
 * @param overrides templates of overrides that come along; empty in records of older versions
 * @param images what overrides named as their AMI; empty when they name none
 * @param ami what {@code from} launches; null when it was not known, and in records of older versions
 * @param byImage no version tells old from new: a parameter or an override names another image; false in records of older
 *     versions
 * @param limits what the refresh was allowed; null in records of older versions and on tags
 * @param followed what the parameter that {@code to} follows named then; null where it follows none, where nobody may ask, in
 *     records of older versions and on tags
 */
public record RefreshRecord(
        String runId,
        GroupKey group,
        LaunchTemplateId template,
        LaunchTemplateVersion from,
        LaunchTemplateVersion to,
        VersionReference reference,
        LaunchTemplateVersion previousDefault,
        Capacity capacity,
        List<OverrideRecord> overrides,
        List<OverrideImage> images,
        @Nullable AmiId ami,
        boolean byImage,
        @Nullable RefreshLimits limits,
        @Nullable AmiId followed) {

    /** Copies the lists. */
    public RefreshRecord {
        overrides = overrides == null ? List.of() : List.copyOf(overrides);
        images = images == null ? List.of() : List.copyOf(images);
    }

    /** Of a group without overrides of its own. */
    public RefreshRecord(
            String runId,
            GroupKey group,
            LaunchTemplateId template,
            LaunchTemplateVersion from,
            LaunchTemplateVersion to,
            VersionReference reference,
            LaunchTemplateVersion previousDefault,
            Capacity capacity) {
        this(
                runId,
                group,
                template,
                from,
                to,
                reference,
                previousDefault,
                capacity,
                List.of(),
                List.of(),
                null,
                false,
                null,
                null);
    }

    /** Instances can be told apart and brought back. */
    public boolean hasWayBack() {
        return byImage
                || !from.equals(to)
                || overrides.stream().anyMatch(override -> !override.from().equals(override.to()));
    }

    /** The instance was launched from what the group is being brought to. */
    public boolean isNew(InstanceObservation instance) {
        return instance.isOn(template, to)
                || overrides.stream().anyMatch(override -> instance.isOn(override.template(), override.to()));
    }

    /** The versions that templates of overrides had, by template. */
    public Map<LaunchTemplateId, LaunchTemplateVersion> overridesBefore() {
        return overrides.stream().collect(Collectors.toMap(OverrideRecord::template, OverrideRecord::from));
    }

    /** The same with another version to go back to. */
    public RefreshRecord withFrom(LaunchTemplateVersion version) {
        return new RefreshRecord(
                runId,
                group,
                template,
                version,
                to,
                reference,
                previousDefault,
                capacity,
                overrides,
                images,
                ami,
                byImage,
                limits,
                followed);
    }
}
