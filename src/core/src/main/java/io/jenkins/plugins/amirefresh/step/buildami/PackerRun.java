package io.jenkins.plugins.amirefresh.step.buildami;

import io.jenkins.plugins.amirefresh.journal.Json;
import io.jenkins.plugins.amirefresh.model.AwsRegion;
import io.jenkins.plugins.amirefresh.packer.PackerTemplate;
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
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What Packer is told: which builds, which variables, which tags. */
final class PackerRun {

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneOffset.UTC);

    private static final Set<String> OF_ONE_BUILD =
            Set.of("ami_name", "copy_to_regions", "endpoint", "manifest", "region", "source_ami", "tags");

    private final BuildRequest request;
    private final TemplateFiles files;
    private final List<AwsRegion> regions;
    private final String endpoint;
    private final Provenance provenance;
    private final VariableValues values;

    PackerRun(BuildRequest request, TemplateFiles files, List<AwsRegion> regions, StepHost host) {
        this.request = request;
        this.files = files;
        this.regions = regions;
        this.endpoint = Endpoint.of(host.environment());
        this.provenance = new Provenance(request.family(), host);
        this.values = VariableValues.read(request, files, host);
        checkVariables();
    }

    private void checkVariables() {
        PackerTemplate template = files.template();
        for (String name : request.variables().keySet()) {
            if (!template.declares(name)) {
                throw ParameterException.about(
                        "variables",
                        "the template declares no variable '" + name + "'; it has "
                                + (template.variables().isEmpty()
                                        ? "none"
                                        : String.join(", ", new TreeMap<>(template.variables()).keySet())));
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
        refuse(values.beforePacker());
    }

    /** @throws ParameterException when the template cannot end well with these values */
    void refuse(Map<String, String> known) {
        Map<String, String> all = new TreeMap<>(known);
        offered(BuildState.starting(Instant.EPOCH)).forEach((name, value) -> {
            if (!values.own(name, known)) {
                all.put(name, value);
            }
        });
        files.template().refusal(all, only()).ifPresent(line -> {
            throw new ParameterException("template " + files.path() + ": " + line);
        });
    }

    /** What the template's variables are worth. */
    VariableValues values() {
        return values;
    }

    /** The builds to run; empty for all. */
    List<String> only() {
        if (!request.only().isEmpty()) {
            return request.only();
        }
        String build = Endpoint.isSimulator(endpoint) ? "amazon-ebs.rehearsal" : "amazon-ebs.image";
        return files.template().build(build).map(List::of).orElse(List.of());
    }

    /** Values for Packer's command line by name: what the pipeline gives, and ours where the team gives nothing. */
    Map<String, String> variables(BuildState state) {
        Map<String, String> given = new LinkedHashMap<>(offered(state));
        given.keySet().removeAll(state.own());
        given.putAll(request.variables());
        return given;
    }

    /** Ours, those that the template declares. */
    private Map<String, String> offered(BuildState state) {
        Map<String, String> offered = new LinkedHashMap<>();
        offered.put("family", request.family().value());
        offered.put("region", regions.get(0).value());
        if (regions.size() > 1) {
            offered.put(
                    "copy_to_regions",
                    list(regions.stream().skip(1).map(AwsRegion::value).toList()));
        }
        if (!request.shareWith().isEmpty()) {
            offered.put("share_with", list(request.shareWith()));
        }
        offered.put("ami_name", request.family() + "-" + stamp(state.startedAt()));
        offered.put("tags", Json.write(provenance.tags(state)));
        offered.put("manifest", "packer-manifest-" + request.family() + ".json");
        if (!state.sourceAmi().isEmpty()) {
            offered.put("source_ami", state.sourceAmi());
        }
        if (!endpoint.isEmpty()) {
            offered.put("endpoint", endpoint);
        }
        offered.keySet().removeIf(name -> !files.template().declares(name));
        return offered;
    }

    /** The command of a phase. */
    List<String> command(BuildState state) {
        return switch (state.phase()) {
            case VERSION -> List.of("packer", "version", "-machine-readable");
            case INIT -> List.of("packer", "init", "-machine-readable", files.pluginsPath());
            // Not machine-readable: that shows what the template calls sensitive. Source: observed with Packer 1.6.6.
            case INSPECT -> withVariables(List.of("packer", "inspect"), request.variables());
            case VALIDATE -> limited(List.of("packer", "validate", "-machine-readable"), state);
            case BUILD -> limited(List.of("packer", "build", "-machine-readable", "-color=false"), state);
            case VERIFY, BOOT, SWEEP -> throw new IllegalStateException("nothing runs in " + state.phase());
        };
    }

    private List<String> limited(List<String> start, BuildState state) {
        List<String> command = new ArrayList<>(start);
        if (!only().isEmpty()) {
            command.add("-only=" + String.join(",", only()));
        }
        return withVariables(command, variables(state));
    }

    private List<String> withVariables(List<String> start, Map<String, String> variables) {
        List<String> command = new ArrayList<>(start);
        request.variablesFiles().forEach(file -> command.add("-var-file=" + file));
        variables.forEach((name, value) -> {
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

    /**
     * What the image is made of; where and when it is made is left out.
     *
     * @param outside what the template takes from outside its folder
     */
    SortedMap<String, String> ingredients(BuildState state, String sourceAmi, References outside) {
        SortedMap<String, String> parts = new TreeMap<>();
        files.digests().forEach((name, digest) -> {
            if (!outside.outputs().contains(files.root().equals(".") ? name : files.root() + "/" + name)) {
                parts.put("file " + name, digest);
            }
        });
        outside.digests().forEach((name, digest) -> parts.put("outside " + name, digest));
        values.files().forEach((name, text) -> parts.put("variables " + name, text));
        values.environment().forEach((name, value) -> parts.put("environment " + name, value));
        variables(state).forEach((name, value) -> {
            if (!OF_ONE_BUILD.contains(name)) {
                parts.put("variable " + name, value);
            }
        });
        // Ours say when and where; a team's own say what.
        Optional.ofNullable(request.variables().get("tags")).ifPresent(tags -> parts.put("variable tags", tags));
        parts.put("only", String.join(",", only()));
        parts.put("source", sourceAmi);
        parts.put("packer", state.version());
        return parts;
    }

    private String list(List<String> items) {
        return files.path().endsWith(".json") ? String.join(",", items) : Json.write(items);
    }

    private static String stamp(Instant at) {
        return STAMP.format(at);
    }
}
