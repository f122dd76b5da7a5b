package io.jenkins.plugins.amirefresh.step.fleet;

import io.jenkins.plugins.amirefresh.journal.OverrideRecord;
import io.jenkins.plugins.amirefresh.journal.RefreshRecord;
import io.jenkins.plugins.amirefresh.launchtemplate.Pin;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.LaunchSource;
import io.jenkins.plugins.amirefresh.model.VersionReference;
import java.util.Optional;

/** How the owner of a group names the versions of its templates, whatever a run of ours makes it name meanwhile. */
public final class OwnNames {

    private OwnNames() {}

    /** The owner's word: as it was pinned, or as it was before the run that is at work on it. */
    public static VersionReference of(GroupObservation group, LaunchSource.Template use) {
        VersionReference named = Pin.named(group, use);
        boolean isAtWork = group.tags().keySet().stream().anyMatch(tag -> tag.startsWith(Lease.PREFIX));
        return named instanceof VersionReference.Numbered && isAtWork
                ? RecordTag.of(group).flatMap(record -> before(record, use)).orElse(named)
                : named;
    }

    private static Optional<VersionReference> before(RefreshRecord record, LaunchSource.Template use) {
        return record.template().equals(use.id())
                ? Optional.of(record.reference())
                : record.overrides().stream()
                        .filter(override -> override.template().equals(use.id()))
                        .map(OverrideRecord::reference)
                        .findFirst();
    }
}
