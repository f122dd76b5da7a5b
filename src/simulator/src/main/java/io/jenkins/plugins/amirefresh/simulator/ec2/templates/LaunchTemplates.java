package io.jenkins.plugins.amirefresh.simulator.ec2.templates;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.ClientTokens;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Errors;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Input;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Place;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Tags;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The launch templates of one account and region. */
public final class LaunchTemplates {

    private final Place place;
    private final TreeMap<String, LaunchTemplate> byId = new TreeMap<>();
    private final Map<String, LaunchTemplate> byName = new HashMap<>();
    private final ClientTokens<LaunchTemplate> createTokens = new ClientTokens<>();
    private final ClientTokens<LaunchTemplateVersion> versionTokens = new ClientTokens<>();

    /** None yet. */
    public LaunchTemplates(Place place) {
        this.place = place;
    }

    /** A template that existed before the simulation began; its first version is still to be added. */
    public LaunchTemplate addDeclared(
            Optional<String> id, String name, Instant createTime, String createdBy, Tags tags) {
        LaunchTemplate template =
                new LaunchTemplate(id.orElseGet(() -> place.newId("lt")), name, createTime, createdBy, tags);
        byId.put(template.id(), template);
        byName.put(name, template);
        return template;
    }

    /** A version that existed before the simulation began. */
    public LaunchTemplateVersion addDeclaredVersion(
            LaunchTemplate template, ObjectNode data, String description, boolean isDefault) {
        LaunchTemplateVersion version = template.add(data, description, template.createTime(), template.createdBy());
        if (isDefault) {
            template.setDefault(version.number());
        }
        return version;
    }

    LaunchTemplate create(Input request, String by) {
        return createTokens.once(request, () -> {
            String name = request.required("LaunchTemplateName");
            if (!name.matches("[a-zA-Z0-9().\\-/_]{3,128}")) {
                throw AwsError.client(
                        "InvalidLaunchTemplateName.MalformedException",
                        "A launch template name must be between 3 and 128 characters, and may contain letters, numbers, and the following characters: - ( ) . / _.");
            }
            if (byName.containsKey(name)) {
                throw AwsError.client(
                        "InvalidLaunchTemplateName.AlreadyExistsException", "Launch template name already in use.");
            }
            LaunchTemplate template =
                    addDeclared(Optional.empty(), name, place.now(), by, Tags.specified(request, "launch-template"));
            template.add(
                    request.structure("LaunchTemplateData").node().deepCopy(),
                    request.text("VersionDescription", ""),
                    place.now(),
                    by);
            place.log(template.id(), "launch template " + name + " created");
            return template;
        });
    }

    LaunchTemplateVersion createVersion(Input request, String by) {
        return versionTokens.once(request, () -> {
            LaunchTemplate template = named(request);
            ObjectNode given = request.structure("LaunchTemplateData").node();
            ObjectNode data = request.text("SourceVersion")
                    .map(source -> LaunchData.basedOn(template.version(source).data(), given))
                    .orElseGet(given::deepCopy);
            LaunchTemplateVersion version = template.add(data, request.text("VersionDescription", ""), place.now(), by);
            place.log(template.id(), "version " + version.number() + " created");
            return version;
        });
    }

    LaunchTemplate setDefault(Input request) {
        LaunchTemplate template = named(request);
        request.text("DefaultVersion").ifPresent(reference -> {
            long number = template.version(reference).number();
            if (number != template.defaultVersion()) {
                template.setDefault(number);
                place.log(template.id(), "default version set to " + number);
            }
        });
        return template;
    }

    LaunchTemplate delete(Input request) {
        LaunchTemplate template = named(request);
        byId.remove(template.id());
        byName.remove(template.name());
        place.log(template.id(), "launch template " + template.name() + " deleted");
        return template;
    }

    void deleteVersion(LaunchTemplate template, long number) {
        template.remove(number);
        place.log(template.id(), "version " + number + " deleted");
    }

    /** By id. */
    public Collection<LaunchTemplate> all() {
        return Collections.unmodifiableCollection(byId.values());
    }

    /**
     * The template with this id.
     *
     * @throws AwsError InvalidLaunchTemplateId.Malformed or InvalidLaunchTemplateId.NotFound
     */
    public LaunchTemplate withId(String id) {
        if (!id.startsWith("lt-")) {
            throw AwsError.client(
                    "InvalidLaunchTemplateId.Malformed",
                    "Invalid launch template ID: '" + id + "' (expecting \"lt-...\").");
        }
        return Optional.ofNullable(byId.get(id))
                .orElseThrow(() -> AwsError.client(
                        "InvalidLaunchTemplateId.NotFound",
                        "The specified launch template, with template ID " + id + ", does not exist."));
    }

    /**
     * The template with this name.
     *
     * @throws AwsError InvalidLaunchTemplateName.NotFoundException
     */
    public LaunchTemplate withName(String name) {
        return Optional.ofNullable(byName.get(name))
                .orElseThrow(() -> AwsError.client(
                        "InvalidLaunchTemplateName.NotFoundException",
                        "The specified launch template, with template name " + name + ", does not exist."));
    }

    /**
     * The template that LaunchTemplateId or LaunchTemplateName names.
     *
     * @throws AwsError when it does not exist, or when neither or both are given
     */
    public LaunchTemplate named(Input request) {
        Optional<String> id = request.text("LaunchTemplateId");
        Optional<String> name = request.text("LaunchTemplateName");
        if (id.isPresent() && name.isPresent()) {
            throw Errors.combination("Only one of launch template ID or launch template name can be specified.");
        }
        return id.map(this::withId)
                .or(() -> name.map(this::withName))
                .orElseThrow(() -> AwsError.client(
                        "MissingParameter", "You must specify either a launch template ID or a launch template name."));
    }

    /**
     * The version that a LaunchTemplateSpecification means now.
     *
     * @throws AwsError when there is no such template or version
     */
    public LaunchTemplateVersion resolve(Input specification) {
        return named(specification).version(specification.text("Version", ""));
    }
}
