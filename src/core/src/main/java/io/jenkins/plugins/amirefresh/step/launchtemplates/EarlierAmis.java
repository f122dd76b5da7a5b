package io.jenkins.plugins.amirefresh.step.launchtemplates;

import io.jenkins.plugins.amirefresh.journal.JournalFact.TemplateUpdated;
import io.jenkins.plugins.amirefresh.model.AccountId;
import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.model.AwsRegion;
import io.jenkins.plugins.amirefresh.model.ImageFamily;
import io.jenkins.plugins.amirefresh.step.EarlierRun;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The AMIs that an earlier build of the job brought into launch templates, by its record. */
final class EarlierAmis {

    private static final int MOST_NAMED = 5;

    private final EarlierRun run;
    private final List<TemplateUpdated> templates;

    private EarlierAmis(EarlierRun run) {
        this.run = run;
        this.templates = templates(run);
    }

    /**
     * Those of the build that is named, or of the last one that has any; empty when no build has.
     *
     * @throws ParameterException when the build that is named has none, or no record that is kept
     */
    static Optional<EarlierAmis> of(StepHost host, OptionalInt build) {
        if (build.isEmpty()) {
            return host.earlierRuns().stream()
                    .filter(run -> !templates(run).isEmpty())
                    .findFirst()
                    .map(EarlierAmis::new);
        }
        return Optional.of(host.earlierRuns().stream()
                .filter(run -> run.buildNumber() == build.getAsInt())
                .map(EarlierAmis::new)
                .filter(amis -> !amis.templates.isEmpty())
                .findFirst()
                .orElseThrow(() -> ParameterException.of(
                        UpdateLaunchTemplatesStep.AMI,
                        "build:" + build.getAsInt(),
                        "a build of this job " + known(host))));
    }

    private static String known(StepHost host) {
        String numbers = host.earlierRuns().stream()
                .filter(run -> !templates(run).isEmpty())
                .limit(MOST_NAMED)
                .map(run -> "build:" + run.buildNumber())
                .collect(Collectors.joining(", "));
        return "that gave launch templates an AMI and whose record is kept: "
                + (numbers.isEmpty() ? "there is none" : numbers);
    }

    private static List<TemplateUpdated> templates(EarlierRun run) {
        return run.history().get().facts(TemplateUpdated.class);
    }

    /** The AMIs of one account's region by family, one an architecture; the last word on a family counts. */
    Map<ImageFamily, List<AmiId>> of(AccountId account, AwsRegion region) {
        Map<ImageFamily, Map<String, AmiId>> byArchitecture = new TreeMap<>();
        for (TemplateUpdated template : templates) {
            if (template.account().equals(account) && template.region().equals(region)) {
                Map<String, AmiId> known =
                        byArchitecture.computeIfAbsent(template.family(), family -> new LinkedHashMap<>());
                if (template.choice() == null
                        || template.choice().byArchitecture().isEmpty()) {
                    known.put("", template.ami());
                } else {
                    known.putAll(template.choice().byArchitecture());
                }
            }
        }
        Map<ImageFamily, List<AmiId>> amis = new TreeMap<>();
        byArchitecture.forEach((family, known) ->
                amis.put(family, known.values().stream().distinct().toList()));
        return amis;
    }

    /** For the rows of the groups that get them. */
    String note(Instant now) {
        long days = Duration.between(run.startedAt(), now).toDays();
        return "with the AMI of build " + run.buildNumber() + " of "
                + run.startedAt().atZone(ZoneOffset.UTC).toLocalDate()
                + (days < 1 ? "" : ", " + days + (days == 1 ? " day ago" : " days ago"));
    }
}
