package io.jenkins.plugins.amirefresh.step.fleet;

import io.jenkins.plugins.amirefresh.model.LaunchTemplateId;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.model.VersionReference;

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

    boolean isDefault() {
        return reference instanceof VersionReference.Default;
    }

    boolean isNumbered() {
        return reference instanceof VersionReference.Numbered;
    }
}
