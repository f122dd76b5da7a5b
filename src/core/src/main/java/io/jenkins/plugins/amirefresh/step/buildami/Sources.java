package io.jenkins.plugins.amirefresh.step.buildami;

import io.jenkins.plugins.amirefresh.model.Ami;
import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.model.AwsRegion;
import io.jenkins.plugins.amirefresh.packer.PackerInspection;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The source AMI, as far as a template's variables tell it. */
final class Sources {

    /** What buildAmi gives a template that has a variable of this name and no value for it. */
    private static final List<String> OURS = List.of(
            "family",
            "region",
            "copy_to_regions",
            "share_with",
            "ami_name",
            "tags",
            "manifest",
            "source_ami",
            "endpoint");

    private final BuildRequest request;
    private final TemplateFiles files;
    private final StepHost host;

    Sources(BuildRequest request, TemplateFiles files, StepHost host) {
        this.request = request;
        this.files = files;
        this.host = host;
    }

    /** Those of ours that the team gives values itself; those of the template and its files are told. */
    List<String> own(VariableValues variables, Map<String, String> values) {
        List<String> own = OURS.stream()
                .filter(name -> files.template().declares(name) && variables.own(name, values))
                .toList();
        List<String> told = own.stream()
                .filter(name ->
                        !name.equals("source_ami") && !request.variables().containsKey(name))
                .toList();
        if (!told.isEmpty()) {
            host.log(request.family() + ": the template's own values of " + String.join(", ", told) + " stand");
        }
        return own;
    }

    /** The AMI of {@code source_ami}, else the newest that {@code source_ami_name} means when the template takes its id. */
    Optional<Ami> of(AwsRegion region, Map<String, String> values) {
        String id = values.getOrDefault("source_ami", "");
        if (id.startsWith("ami-")) {
            return new BuiltAmis(host).describe(region, new AmiId(id));
        }
        String name = values.getOrDefault("source_ami_name", "");
        if (!id.isEmpty() || name.isEmpty() || !files.template().declares("source_ami")) {
            return Optional.empty();
        }
        List<String> owners = PackerInspection.list(values.getOrDefault("source_ami_owners", ""));
        Ami found = new BuiltAmis(host)
                .newestNamed(region, name, owners)
                .orElseThrow(() -> new ParameterException("source_ami_name: no AMI named '" + name + "' of "
                        + (owners.isEmpty() ? "any owner" : String.join(", ", owners)) + " is in " + region
                        + "; give another name or owner"));
        host.log(request.family() + ": source AMI " + found.id() + " (" + found.name() + ")");
        return Optional.of(found);
    }
}
