package io.jenkins.plugins.amirefresh.step.buildami;

import io.jenkins.plugins.amirefresh.ami.AmiTags;
import io.jenkins.plugins.amirefresh.journal.Json;
import io.jenkins.plugins.amirefresh.model.AwsRegion;
import io.jenkins.plugins.amirefresh.packer.PackerTemplate;
import io.jenkins.plugins.amirefresh.step.RunIdentity;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What Packer is told: which builds, which variables, which tags. */
final class PackerRun {

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneOffset.UTC);

    private final BuildRequest request;
    private final TemplateFiles files;
    private final List<AwsRegion> regions;
    private final String endpoint;
    private final RunIdentity run;
    private final String commit;

    PackerRun(BuildRequest request, TemplateFiles files, List<AwsRegion> regions, StepHost host) {
        this.request = request;
        this.files = files;
        this.regions = regions;
        this.endpoint = Endpoint.of(host.environment());
        this.run = host.run();
        this.commit = host.environment().getOrDefault("GIT_COMMIT", "");
        checkVariables();
    }

    private void checkVariables() {
        PackerTemplate template = files.template();
        for (String name : request.variables().keySet()) {
            if (!template.declares(name)) {
                throw ParameterException.about(
                        "variables",
                        "the template declares no variable '" + name + "'; it has "
                                + String.join(", ", new TreeMap<>(template.variables()).keySet()));
            }
        }
        if (!request.shareWith().isEmpty()
                && !template.declares("share_with")
                && !request.variables().containsKey("share_with")) {
            throw ParameterException.about(
                    "shareWith",
                    "the template declares no variable 'share_with', so it would share nothing; declare it, with"
                            + " ami_users = var.share_with");
        }
        template.refusal(request.variables(), only()).ifPresent(line -> {
            throw new ParameterException("template " + files.path() + ": " + line);
        });
    }

    /** The builds to run; empty for all. */
    List<String> only() {
        if (!request.only().isEmpty()) {
            return request.only();
        }
        String build = Endpoint.isSimulator(endpoint) ? "amazon-ebs.rehearsal" : "amazon-ebs.image";
        return files.template().hasBuild(build) ? List.of(build) : List.of();
    }

    /** Values by name, those the template declares; what the pipeline gives wins. */
    Map<String, String> variables(BuildState state) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("family", request.family().value());
        values.put("region", regions.get(0).value());
        values.put(
                "copy_to_regions",
                list(regions.stream().skip(1).map(AwsRegion::value).toList()));
        values.put("share_with", list(request.shareWith()));
        values.put("ami_name", request.family() + "-" + stamp(state.startedAt()));
        values.put("tags", Json.write(tags(state)));
        values.put("manifest", manifest());
        if (!state.sourceAmi().isEmpty()) {
            values.put("source_ami", state.sourceAmi());
        }
        if (!endpoint.isEmpty()) {
            values.put("endpoint", endpoint);
        }
        values.keySet().removeIf(name -> !files.template().declares(name));
        values.putAll(request.variables());
        return values;
    }

    /** Where the manifest post-processor writes, in the workspace. */
    String manifest() {
        return "packer-manifest-" + request.family() + ".json";
    }

    /** What every AMI of this build says about itself. */
    Map<String, String> tags(BuildState state) {
        Map<String, String> tags = new TreeMap<>();
        tags.put(AmiTags.FAMILY, request.family().value());
        tags.put(AmiTags.BUILD_KEY, state.buildKey());
        tags.put(AmiTags.RUN, run.id());
        tags.put(AmiTags.JOB, run.jobName());
        tags.put(AmiTags.BUILD_URL, run.buildUrl());
        tags.put(AmiTags.COMMIT, commit);
        tags.put(AmiTags.SOURCE_AMI, state.sourceAmi());
        tags.values().removeIf(String::isEmpty);
        tags.replaceAll((name, value) ->
                value.length() <= AmiTags.LONGEST_VALUE ? value : value.substring(0, AmiTags.LONGEST_VALUE));
        return tags;
    }

    /** The command of a phase. */
    List<String> command(BuildState state) {
        return switch (state.phase()) {
            case VERSION -> List.of("packer", "version", "-machine-readable");
            case INIT -> List.of("packer", "init", "-machine-readable", files.pluginsPath());
            case VALIDATE -> withVariables(List.of("packer", "validate", "-machine-readable"), state);
            case BUILD -> withVariables(List.of("packer", "build", "-machine-readable", "-color=false"), state);
            case VERIFY -> throw new IllegalStateException("nothing runs while AMIs are verified");
        };
    }

    private List<String> withVariables(List<String> start, BuildState state) {
        List<String> command = new ArrayList<>(start);
        if (!only().isEmpty()) {
            command.add("-only=" + String.join(",", only()));
        }
        request.variablesFiles().forEach(file -> command.add("-var-file=" + file));
        variables(state).forEach((name, value) -> {
            command.add("-var");
            command.add(name + "=" + value);
        });
        command.add(files.path());
        return command;
    }

    /** Added to the agent's environment. */
    Map<String, String> environment(Map<String, String> present) {
        Map<String, String> added = new TreeMap<>();
        added.put("CHECKPOINT_DISABLE", "1");
        added.put("PACKER_NO_COLOR", "1");
        // Packer's waiters poll every 15 s. Source: packer-plugin-amazon documentation, "AWS_POLL_DELAY_SECONDS".
        if (Endpoint.isSimulator(endpoint) && !present.containsKey("AWS_POLL_DELAY_SECONDS")) {
            added.put("AWS_POLL_DELAY_SECONDS", "1");
        }
        return added;
    }

    String buildKey(String sourceAmi, String version, Map<String, String> variableFiles) {
        Map<String, String> all = new TreeMap<>(files.files());
        all.putAll(variableFiles);
        BuildState none = BuildState.starting(Instant.EPOCH).knowing(version, "", sourceAmi, "");
        return BuildKey.of(all, variables(none), only(), sourceAmi, version);
    }

    /** The name the template looks its source AMI up by, when it has this product's variables for it. */
    Optional<String> sourceName() {
        return value("source_ami_name").filter(name -> files.template().declares("source_ami"));
    }

    /** The value of a variable: given, or the template's default. */
    Optional<String> value(String variable) {
        return Optional.ofNullable(request.variables().get(variable))
                .or(() -> Optional.ofNullable(files.template().variables().get(variable)))
                .filter(text -> !text.isEmpty());
    }

    private String list(List<String> items) {
        return files.path().endsWith(".json") ? String.join(",", items) : Json.write(items);
    }

    private static String stamp(Instant at) {
        return STAMP.format(at);
    }
}
