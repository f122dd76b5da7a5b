package io.jenkins.plugins.amirefresh.step.launchtemplates;

import io.jenkins.plugins.amirefresh.launchtemplate.AmiDifference;
import io.jenkins.plugins.amirefresh.launchtemplate.LatestUsers;
import io.jenkins.plugins.amirefresh.launchtemplate.SourceVersion;
import io.jenkins.plugins.amirefresh.step.parameters.GroupSelection;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterException;
import io.jenkins.plugins.amirefresh.step.parameters.Parameters;
import java.util.List;
import java.util.Set;

/** What the pipeline asked for. */
record UpdateRequest(
        Parameters parameters,
        AmiRequest ami,
        List<String> templates,
        SourceVersion source,
        LatestUsers latestUsers,
        Set<AmiDifference> allowDifferences,
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
                differences(parameters.list(UpdateLaunchTemplatesStep.ALLOW_DIFFERENCES)),
                parameters.flag(UpdateLaunchTemplatesStep.DRY_RUN),
                GroupSelection.of(parameters));
    }

    private static Set<AmiDifference> differences(List<String> words) {
        try {
            return AmiDifference.of(words);
        } catch (IllegalArgumentException e) {
            throw ParameterException.of(
                    UpdateLaunchTemplatesStep.ALLOW_DIFFERENCES,
                    String.valueOf(e.getMessage()),
                    String.join(", ", AmiDifference.words()));
        }
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
