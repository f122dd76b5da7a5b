package io.jenkins.plugins.amirefresh.simulator.ec2.templates;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Errors;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Filters;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Handler;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Input;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Nodes;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Paging;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.ParameterStore;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import io.jenkins.plugins.amirefresh.simulator.kernel.Caller;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** EC2's operations on launch templates. */
public final class TemplateOperations {

    private static final Paging TEMPLATES = new Paging("DescribeLaunchTemplates", 1, 200, 200);
    private static final Paging VERSIONS = new Paging("DescribeLaunchTemplateVersions", 1, 200, 200);
    private static final Set<String> SWEEPABLE = Set.of("$Latest", "$Default");
    private static final String SSM = "resolve:ssm:";

    private final Function<Caller, LaunchTemplates> templates;
    private final ParameterStore parameters;
    private final Filters<LaunchTemplate> templateFilters = Filters.<LaunchTemplate>byTags(
                    template -> template.tags().asMap())
            .with("create-time", template -> template.createTime().toString())
            .with("launch-template-name", LaunchTemplate::name)
            .with("launch-template-id", LaunchTemplate::id);
    private final Filters<LaunchTemplateVersion> versionFilters = Filters.<LaunchTemplateVersion>byTags(
                    version -> Map.of())
            .with("create-time", version -> version.createTime().toString())
            .with("is-default-version", version -> Boolean.toString(version.isDefault()))
            .withAll("image-id", version -> member(version, "ImageId"))
            .withAll("instance-type", version -> member(version, "InstanceType"))
            .withAll("ebs-optimized", version -> member(version, "EbsOptimized"))
            .withAll("kernel-id", version -> member(version, "KernelId"))
            .withAll("ram-disk-id", version -> member(version, "RamDiskId"))
            .withAll("iam-instance-profile", version -> member(version, "IamInstanceProfile", "Arn"))
            .withAll("http-tokens", version -> member(version, "MetadataOptions", "HttpTokens"))
            .withAll("http-endpoint", version -> member(version, "MetadataOptions", "HttpEndpoint"));

    /**
     * For the caller's templates.
     *
     * @param parameters where ResolveAlias looks
     */
    public TemplateOperations(Function<Caller, LaunchTemplates> templates, ParameterStore parameters) {
        this.templates = templates;
        this.parameters = parameters;
    }

    /** By AWS's names. */
    public Map<String, Handler> operations() {
        return Map.of(
                "CreateLaunchTemplate", this::create,
                "CreateLaunchTemplateVersion", this::createVersion,
                "DescribeLaunchTemplates", this::describe,
                "DescribeLaunchTemplateVersions", this::describeVersions,
                "ModifyLaunchTemplate", this::modify,
                "DeleteLaunchTemplate", this::delete,
                "DeleteLaunchTemplateVersions", this::deleteVersions);
    }

    private ObjectNode create(Input request, Caller caller) {
        LaunchTemplate template = templates.apply(caller).create(request, caller.arn());
        return Nodes.of("LaunchTemplate", view(template));
    }

    private ObjectNode createVersion(Input request, Caller caller) {
        LaunchTemplateVersion version = templates.apply(caller).createVersion(request, caller.arn());
        return Nodes.of("LaunchTemplateVersion", view(version, request, caller));
    }

    private ObjectNode describe(Input request, Caller caller) {
        LaunchTemplates all = templates.apply(caller);
        List<String> ids = request.texts("LaunchTemplateIds");
        List<String> names = request.texts("LaunchTemplateNames");
        Stream<LaunchTemplate> asked = ids.isEmpty() && names.isEmpty()
                ? all.all().stream()
                : Stream.concat(ids.stream().map(all::withId), names.stream().map(all::withName))
                        .distinct();
        List<LaunchTemplate> found = asked.filter(templateFilters.of(request))
                .sorted((left, right) -> left.id().compareTo(right.id()))
                .toList();
        return TEMPLATES.answer(request, "LaunchTemplates", found, LaunchTemplate::id, TemplateOperations::view);
    }

    private ObjectNode describeVersions(Input request, Caller caller) {
        boolean one = request.has("LaunchTemplateId") || request.has("LaunchTemplateName");
        Stream<LaunchTemplateVersion> asked = one ? ofOne(request, caller) : ofAll(request, caller);
        List<LaunchTemplateVersion> found = asked.filter(versionFilters.of(request))
                .sorted((left, right) -> key(left).compareTo(key(right)))
                .toList();
        return VERSIONS.answer(
                request,
                "LaunchTemplateVersions",
                found,
                TemplateOperations::key,
                version -> view(version, request, caller));
    }

    private Stream<LaunchTemplateVersion> ofOne(Input request, Caller caller) {
        LaunchTemplate template = templates.apply(caller).named(request);
        List<String> references = request.texts("Versions");
        Optional<Long> from = request.text("MinVersion").map(LaunchTemplate::number);
        Optional<Long> to = request.text("MaxVersion").map(LaunchTemplate::number);
        if (!references.isEmpty() && (from.isPresent() || to.isPresent())) {
            throw Errors.combination("Versions cannot be specified together with MinVersion or MaxVersion.");
        }
        if (!references.isEmpty()) {
            Set<LaunchTemplateVersion> versions = new LinkedHashSet<>();
            references.forEach(reference -> versions.add(template.version(reference)));
            return versions.stream();
        }
        return template.versions().stream()
                .filter(version -> from.isEmpty() || version.number() >= from.get())
                .filter(version -> to.isEmpty() || version.number() <= to.get());
    }

    /** Every template's latest or default version. Source: EC2 API Reference, DescribeLaunchTemplateVersions, Versions. */
    private Stream<LaunchTemplateVersion> ofAll(Input request, Caller caller) {
        List<String> references = request.texts("Versions");
        if (references.isEmpty() || !SWEEPABLE.containsAll(references)) {
            throw AwsError.client(
                    "MissingParameter",
                    "You must specify either a launch template ID or a launch template name, or only $Latest and $Default as versions.");
        }
        return templates.apply(caller).all().stream()
                .flatMap(template -> references.stream().map(template::version).distinct());
    }

    private ObjectNode modify(Input request, Caller caller) {
        return Nodes.of("LaunchTemplate", view(templates.apply(caller).setDefault(request)));
    }

    private ObjectNode delete(Input request, Caller caller) {
        return Nodes.of("LaunchTemplate", view(templates.apply(caller).delete(request)));
    }

    private ObjectNode deleteVersions(Input request, Caller caller) {
        LaunchTemplates all = templates.apply(caller);
        LaunchTemplate template = all.named(request);
        List<String> references = request.texts("Versions");
        if (references.size() > 200) {
            throw Errors.invalidValue("At most 200 launch template versions can be deleted in a single request.");
        }
        ArrayNode deleted = Nodes.array();
        ArrayNode kept = Nodes.array();
        for (String reference : references) {
            long number = LaunchTemplate.number(reference);
            ObjectNode item = Nodes.object()
                    .put("LaunchTemplateId", template.id())
                    .put("LaunchTemplateName", template.name())
                    .put("VersionNumber", number);
            if (template.find(reference).isEmpty()) {
                kept.add(item.set(
                        "ResponseError",
                        error(
                                "launchTemplateVersionDoesNotExist",
                                "The specified launch template version does not exist.")));
            } else if (number == template.defaultVersion()) {
                kept.add(item.set(
                        "ResponseError",
                        error("unexpectedError", "Cannot delete the default version of a launch template.")));
            } else {
                all.deleteVersion(template, number);
                deleted.add(item);
            }
        }
        ObjectNode answer = Nodes.of("SuccessfullyDeletedLaunchTemplateVersions", deleted);
        answer.set("UnsuccessfullyDeletedLaunchTemplateVersions", kept);
        return answer;
    }

    private static ObjectNode error(String code, String message) {
        return Nodes.object().put("Code", code).put("Message", message);
    }

    /** Newest version of a template first. */
    private static String key(LaunchTemplateVersion version) {
        return version.template().id() + ":" + (Long.MAX_VALUE - version.number());
    }

    private static Stream<String> member(LaunchTemplateVersion version, String... path) {
        JsonNode value = version.data();
        for (String name : path) {
            value = value.path(name);
        }
        return value.isMissingNode() ? Stream.empty() : Stream.of(value.asText());
    }

    private static ObjectNode view(LaunchTemplate template) {
        ObjectNode view = Nodes.object()
                .put("LaunchTemplateId", template.id())
                .put("LaunchTemplateName", template.name())
                .put("CreateTime", template.createTime().toString())
                .put("CreatedBy", template.createdBy())
                .put("DefaultVersionNumber", template.defaultVersion())
                .put("LatestVersionNumber", template.latestVersion());
        if (!template.tags().asMap().isEmpty()) {
            view.set("Tags", template.tags().view());
        }
        return view;
    }

    private ObjectNode view(LaunchTemplateVersion version, Input request, Caller caller) {
        ObjectNode view = Nodes.object()
                .put("LaunchTemplateId", version.template().id())
                .put("LaunchTemplateName", version.template().name())
                .put("VersionNumber", version.number())
                .put("CreateTime", version.createTime().toString())
                .put("CreatedBy", version.createdBy())
                .put("DefaultVersion", version.isDefault());
        if (!version.description().isEmpty()) {
            view.put("VersionDescription", version.description());
        }
        ObjectNode data = version.data().deepCopy();
        String image = data.path("ImageId").asText();
        if (request.flag("ResolveAlias") && image.startsWith(SSM)) {
            parameters.value(caller.at(), image.substring(SSM.length())).ifPresent(id -> data.put("ImageId", id));
        }
        view.set("LaunchTemplateData", data);
        return view;
    }
}
