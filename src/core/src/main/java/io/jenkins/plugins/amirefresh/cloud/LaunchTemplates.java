package io.jenkins.plugins.amirefresh.cloud;

import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.model.ClientToken;
import io.jenkins.plugins.amirefresh.model.CopiedSnapshots;
import io.jenkins.plugins.amirefresh.model.LaunchTemplate;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateId;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersionData;
import io.jenkins.plugins.amirefresh.model.VersionReference;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Launch templates and their versions. */
public interface LaunchTemplates {

    /** Every template with its tags, pages of 200. Permission: {@code ec2:DescribeLaunchTemplates}. */
    List<LaunchTemplate> all();

    /**
     * The latest and the default version of every template of the region in one sweep, pages of 200.
     * Permission: {@code ec2:DescribeLaunchTemplateVersions}.
     */
    List<LaunchTemplateVersionData> latestAndDefaultOfAll();

    /** One version; empty when the template or the version does not exist. */
    Optional<LaunchTemplateVersionData> version(LaunchTemplateId template, VersionReference version);

    /** Several numbered versions of one template, one call; unknown ones are missing in the answer. */
    List<LaunchTemplateVersionData> versions(LaunchTemplateId template, Collection<LaunchTemplateVersion> versions);

    /** Every version of one template, pages of 200; none when there is no such template. */
    List<LaunchTemplateVersionData> versionsOf(LaunchTemplateId template);

    /** Every version of one template that names one of these AMIs, pages of 200; none when there is no such template. */
    List<LaunchTemplateVersionData> versionsWith(LaunchTemplateId template, Collection<AmiId> amis);

    /**
     * The AMI that a version launches at this moment, a parameter's where it follows one; empty when it names none, or
     * there is no such parameter. Permission beside: {@code ssm:GetParameters}.
     */
    Optional<AmiId> imageOf(LaunchTemplateId template, LaunchTemplateVersion version);

    /**
     * A version to make: equal to {@code source} in every member but the AMI and the snapshots that follow it.
     *
     * @param description 255 characters at most
     */
    record NewVersion(
            LaunchTemplateId template,
            LaunchTemplateVersion source,
            AmiId ami,
            CopiedSnapshots snapshots,
            String description,
            ClientToken token) {}

    /**
     * Makes a version. Safe to repeat with the same token: AWS answers the version it made the first time. Permission:
     * {@code ec2:CreateLaunchTemplateVersion}, and {@code ec2:DescribeLaunchTemplateVersions} where the source names snapshots.
     */
    LaunchTemplateVersion createVersion(NewVersion version);

    /** Moves the default; repeating it is safe. Permission: {@code ec2:ModifyLaunchTemplate}. */
    void setDefaultVersion(LaunchTemplateId template, LaunchTemplateVersion version);
}
