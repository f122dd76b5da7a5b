package io.jenkins.plugins.amirefresh.step.buildami;

import io.jenkins.plugins.amirefresh.journal.Json;
import io.jenkins.plugins.amirefresh.model.ImageFamily;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterException;
import io.jenkins.plugins.amirefresh.step.parameters.Parameters;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the pipeline asked for.
 *
 * @param template empty for the product's own
 * @param variables as Packer takes them: texts as they are, lists and maps as JSON
 * @param architecture empty for that of the source AMI
 * @param bootTest null for none
 */
record BuildRequest(
        Parameters parameters,
        ImageFamily family,
        String template,
        Map<String, String> variables,
        List<String> variablesFiles,
        List<String> only,
        List<String> shareWith,
        String architecture,
        boolean reuse,
        Duration reuseWithin,
        Duration timeLimit,
        @Nullable BootTestRequest bootTest,
        boolean dryRun) {

    static BuildRequest of(Parameters parameters) {
        List<String> shareWith = parameters.list(BuildAmiStep.SHARE_WITH);
        for (String account : shareWith) {
            if (!account.matches("[0-9]{12}")) {
                throw ParameterException.of(BuildAmiStep.SHARE_WITH, account, "account ids of 12 digits, as text");
            }
        }
        Map<String, String> variables = new TreeMap<>();
        parameters
                .map(BuildAmiStep.VARIABLES)
                .forEach((name, value) -> variables.put(
                        name, value instanceof Map || value instanceof List ? Json.write(value) : value.toString()));
        return new BuildRequest(
                parameters,
                family(parameters.text(BuildAmiStep.FAMILY).orElse("")),
                parameters.text(BuildAmiStep.TEMPLATE).orElse(""),
                variables,
                parameters.list(BuildAmiStep.VARIABLES_FILES),
                parameters.list(BuildAmiStep.ONLY),
                shareWith,
                parameters.text(BuildAmiStep.ARCHITECTURE).orElse(""),
                !Boolean.FALSE.equals(parameters.asMap().get(BuildAmiStep.REUSE)),
                parameters.duration(BuildAmiStep.REUSE_WITHIN).orElse(Duration.ofDays(1)),
                parameters.duration(BuildAmiStep.TIME_LIMIT).orElse(Duration.ofHours(2)),
                parameters.asMap().containsKey(BuildAmiStep.BOOT_TEST)
                        ? BootTestRequest.of(parameters.map(BuildAmiStep.BOOT_TEST))
                        : null,
                parameters.flag(BuildAmiStep.DRY_RUN));
    }

    private static ImageFamily family(String text) {
        try {
            return new ImageFamily(text);
        } catch (IllegalArgumentException e) {
            throw ParameterException.of(BuildAmiStep.FAMILY, text, "1 to 64 characters of a-z A-Z 0-9 . _ -");
        }
    }
}
