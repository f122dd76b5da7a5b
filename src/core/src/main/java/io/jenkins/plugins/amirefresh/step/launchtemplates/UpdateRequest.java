package io.jenkins.plugins.amirefresh.step.launchtemplates;

import io.jenkins.plugins.amirefresh.launchtemplate.LatestUsers;
import io.jenkins.plugins.amirefresh.launchtemplate.SourceVersion;
import io.jenkins.plugins.amirefresh.step.parameters.GroupSelection;
import io.jenkins.plugins.amirefresh.step.parameters.Parameters;
import java.util.List;

/** What the pipeline asked for. */
record UpdateRequest(
        Parameters parameters,
        AmiRequest ami,
        List<String> templates,
        SourceVersion source,
        LatestUsers latestUsers,
        boolean dryRun,
        GroupSelection groups) {

    static UpdateRequest of(Parameters parameters) {
        return new UpdateRequest(
                parameters,
                AmiRequest.parse(parameters.text(UpdateLaunchTemplatesStep.AMI).orElse("run")),
                parameters.list(UpdateLaunchTemplatesStep.TEMPLATES),
                parameters
                        .text(UpdateLaunchTemplatesStep.SOURCE_VERSION)
                        .map(SourceVersion::of)
                        .orElse(SourceVersion.GROUPS),
                parameters
                        .text(UpdateLaunchTemplatesStep.LATEST_USERS)
                        .map(LatestUsers::of)
                        .orElse(LatestUsers.PIN),
                parameters.flag(UpdateLaunchTemplatesStep.DRY_RUN),
                GroupSelection.of(parameters));
    }

    /** Templates count only when a selected group uses them. */
    boolean selectsByGroups() {
        return !groups.environments().isEmpty()
                || !groups.onlyEnvironments().isEmpty()
                || groups.namesGroups()
                || !groups.tags().isEmpty()
                || !groups.excluded().environments().isEmpty()
                || !groups.excluded().asgs().isEmpty();
    }

    /** A template without a family tag may be meant. */
    boolean namesTemplatesOrGroups() {
        return !templates.isEmpty() || groups.namesGroups();
    }
}
