package io.jenkins.plugins.amirefresh.step.fleet;

import io.jenkins.plugins.amirefresh.journal.OverrideRecord;
import io.jenkins.plugins.amirefresh.journal.RefreshRecord;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateId;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.model.VersionReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A launch template of a group at work.
 *
 * @param reference how the group named its version before anyone pinned it
 * @param wanted the version the group is being brought to
 * @param bad the version that a rollback goes away from; in a refresh the wanted one
 * @param previousDefault its default when the work began
 */
record NamedTemplate(
        LaunchTemplateId template,
        VersionReference reference,
        LaunchTemplateVersion wanted,
        LaunchTemplateVersion bad,
        LaunchTemplateVersion previousDefault) {

    /** The launch templates whose versions the group names. */
    static List<NamedTemplate> of(GroupWork work) {
        RefreshRecord record = work.record();
        List<NamedTemplate> named = new ArrayList<>();
        named.add(new NamedTemplate(
                record.template(), record.reference(), work.plan().to(), record.to(), record.previousDefault()));
        for (OverrideRecord override : record.overrides()) {
            named.add(new NamedTemplate(
                    override.template(),
                    override.reference(),
                    work.isRollback() ? override.from() : override.to(),
                    override.to(),
                    override.previousDefault()));
        }
        return named;
    }

    /** How the group names versions that it does not name by number. */
    static Map<LaunchTemplateId, VersionReference> aliases(GroupWork work) {
        return of(work).stream()
                .filter(named -> !named.isNumbered())
                .collect(Collectors.toMap(NamedTemplate::template, NamedTemplate::reference, (one, same) -> one));
    }

    boolean isDefault() {
        return reference instanceof VersionReference.Default;
    }

    boolean isNumbered() {
        return reference instanceof VersionReference.Numbered;
    }
}
