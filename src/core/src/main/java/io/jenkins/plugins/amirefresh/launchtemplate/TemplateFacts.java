package io.jenkins.plugins.amirefresh.launchtemplate;

import io.jenkins.plugins.amirefresh.model.AccountId;
import io.jenkins.plugins.amirefresh.model.Ami;
import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.model.AwsRegion;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.ImageFamily;
import io.jenkins.plugins.amirefresh.model.LaunchTemplate;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersionData;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a selected launch template before it is decided.
 *
 * @param source the version to copy
 * @param latest the highest version; the source, or newer
 * @param having versions that launch one of {@code wanted}, as far as they were asked for
 * @param wanted the AMIs it may get, one an architecture
 * @param visible every AMI that this account sees, of {@code wanted} and of the versions' own
 * @param bad why an AMI is never used, by id
 * @param named what the parameter names that {@code source} follows; null when it follows none, or that is not known
 * @param groups every group of the account and region
 */
public record TemplateFacts(
        AccountId account,
        AwsRegion region,
        LaunchTemplate template,
        ImageFamily family,
        LaunchTemplateVersionData source,
        LaunchTemplateVersionData latest,
        List<LaunchTemplateVersionData> having,
        List<Ami> wanted,
        Map<AmiId, Ami> visible,
        Map<AmiId, String> bad,
        @Nullable AmiId named,
        List<GroupObservation> groups) {

    /** Copies the collections. */
    public TemplateFacts {
        having = List.copyOf(having);
        wanted = List.copyOf(wanted);
        visible = Map.copyOf(visible);
        bad = Map.copyOf(bad);
        groups = List.copyOf(groups);
    }
}
