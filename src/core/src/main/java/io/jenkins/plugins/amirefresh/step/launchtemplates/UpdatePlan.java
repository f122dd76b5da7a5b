package io.jenkins.plugins.amirefresh.step.launchtemplates;

import io.jenkins.plugins.amirefresh.ami.AmiTags;
import io.jenkins.plugins.amirefresh.launchtemplate.TemplateDecision;
import io.jenkins.plugins.amirefresh.launchtemplate.TemplateFacts;
import io.jenkins.plugins.amirefresh.launchtemplate.TemplatePlanner;
import io.jenkins.plugins.amirefresh.model.Ami;
import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.ImageFamily;
import io.jenkins.plugins.amirefresh.model.LaunchTemplate;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersionData;
import io.jenkins.plugins.amirefresh.step.StepHost;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Selects templates and decides on each, from what was surveyed. Reads images, changes nothing. */
final class UpdatePlan {

    private static final ImageFamily UNTAGGED = new ImageFamily("untagged");

    private final StepHost host;
    private final UpdateRequest request;
    private final List<PlaceSurvey> surveys;
    private final TemplatePlanner planner;
    private final List<String> problems = new ArrayList<>();

    UpdatePlan(StepHost host, UpdateRequest request, List<PlaceSurvey> surveys) {
        this.host = host;
        this.request = request;
        this.surveys = surveys;
        this.planner = new TemplatePlanner(
                host.run().id(), request.latestUsers(), host.settings().tagNames());
    }

    /** What is wrong with the input, one line each; then nothing may be changed. */
    List<String> problems() {
        return List.copyOf(problems);
    }

    /** The families of the templates that may be meant. */
    Set<ImageFamily> families() {
        return surveys.stream()
                .flatMap(survey -> survey.templates().stream())
                .flatMap(template -> family(template).stream())
                .filter(family -> request.groups().families().isEmpty()
                        || request.groups().families().contains(family.value()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** One decision a selected template, in the order of places and names. */
    List<PlannedUpdate> decide(WantedAmis wanted) {
        findMissing();
        if (!wanted.anyFamily().isEmpty()
                && !request.namesTemplatesOrGroups()
                && request.groups().families().isEmpty()) {
            problems.add("ami: " + untagged(wanted) + " has no tag " + AmiTags.FAMILY
                    + ", so say which templates get it: give templates, families or asgs");
        }
        List<PlannedUpdate> updates = new ArrayList<>();
        for (PlaceSurvey survey : surveys) {
            List<LaunchTemplate> selected = survey.templates().stream()
                    .filter(template -> isSelected(survey, template, wanted))
                    .toList();
            Map<AmiId, Ami> visible = visible(survey, selected, wanted);
            selected.forEach(template -> updates.add(decide(survey, template, wanted, visible)));
        }
        if (updates.isEmpty() && problems.isEmpty()) {
            problems.add("no launch template is selected: none has the tag " + AmiTags.FAMILY + " and fits families "
                    + request.groups().families() + ", templates " + request.templates()
                    + " and the groups asked for, in "
                    + where());
        }
        return updates;
    }

    private boolean isSelected(PlaceSurvey survey, LaunchTemplate template, WantedAmis wanted) {
        Optional<ImageFamily> family = family(template);
        boolean named = isNamed(template);
        if ((!request.templates().isEmpty() && !named) || (request.selectsByGroups() && !isUsed(survey, template))) {
            return false;
        }
        List<String> families = request.groups().families();
        if (!families.isEmpty()
                && family.map(name -> !families.contains(name.value())).orElse(!named)) {
            return false;
        }
        if (request.namesTemplatesOrGroups()) {
            return true;
        }
        return family.isPresent()
                && (wanted.isEmpty()
                        || !wanted.ids(family, survey.place().region()).isEmpty()
                        || wanted.families().contains(family.get()));
    }

    private boolean isNamed(LaunchTemplate template) {
        return request.templates().contains(template.name().value())
                || request.templates().contains(template.id().value());
    }

    private boolean isUsed(PlaceSurvey survey, LaunchTemplate template) {
        String tag = host.settings().tagNames().getOrDefault("Environment", "Environment");
        String family = family(template).map(ImageFamily::value).orElse("");
        return survey.users(template.id()).stream()
                .anyMatch(group -> request.groups().includes(group, group.tag(tag), family));
    }

    private PlannedUpdate decide(
            PlaceSurvey survey, LaunchTemplate template, WantedAmis wanted, Map<AmiId, Ami> visible) {
        Optional<ImageFamily> family = family(template).or(() -> onlyFamily(wanted));
        TemplateDecision decision = source(survey, template)
                .map(source -> family.isEmpty() && wanted.anyFamily().isEmpty() && !wanted.isEmpty()
                        ? wrong(survey, template, "it has no tag " + AmiTags.FAMILY + ": tag it, or give one family")
                        : decide(survey, template, family, source, wanted, visible))
                .orElseGet(() -> wrong(survey, template, "its version to copy from cannot be read"));
        if (decision instanceof TemplateDecision.Refuse refuse && refuse.wrong()) {
            problems.add(refuse.why());
        }
        return new PlannedUpdate(
                survey.place(), survey.account(), template, family.orElse(UNTAGGED), decision, 0, false);
    }

    private TemplateDecision decide(
            PlaceSurvey survey,
            LaunchTemplate template,
            Optional<ImageFamily> family,
            LaunchTemplateVersionData source,
            WantedAmis wanted,
            Map<AmiId, Ami> visible) {
        if (wanted.isEmpty()) {
            return new TemplateDecision.Await(source.version(), "no AMI is built in a dry run");
        }
        List<AmiId> ids = wanted.ids(family, survey.place().region());
        List<Ami> candidates = ids.stream()
                .flatMap(id -> Stream.ofNullable(
                        visible.getOrDefault(id, wanted.known().get(id))))
                .toList();
        if (candidates.isEmpty() && !ids.isEmpty()) {
            return wrong(
                    survey,
                    template,
                    ids.get(0) + " is not visible to this account: share it with buildAmi's shareWith");
        }
        return planner.decide(new TemplateFacts(
                survey.account(),
                survey.place().region(),
                template,
                family.orElse(UNTAGGED),
                source,
                survey.latest(template).orElse(source),
                candidates,
                visible,
                wanted.bad(),
                survey.groups()));
    }

    private Optional<LaunchTemplateVersionData> source(PlaceSurvey survey, LaunchTemplate template) {
        return request.fromDefault() ? survey.defaultVersion(template) : survey.latest(template);
    }

    private static String untagged(WantedAmis wanted) {
        return wanted.anyFamily().values().stream()
                .flatMap(List::stream)
                .map(AmiId::value)
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private Optional<ImageFamily> onlyFamily(WantedAmis wanted) {
        List<String> families = request.groups().families();
        if (families.size() == 1) {
            return Optional.of(new ImageFamily(families.get(0)));
        }
        return wanted.families().size() == 1
                ? Optional.of(wanted.families().iterator().next())
                : Optional.empty();
    }

    /** One call a place for everything that is compared. */
    private Map<AmiId, Ami> visible(PlaceSurvey survey, List<LaunchTemplate> selected, WantedAmis wanted) {
        Set<AmiId> ids = new TreeSet<>();
        for (LaunchTemplate template : selected) {
            source(survey, template)
                    .map(LaunchTemplateVersionData::imageId)
                    .filter(image -> image.startsWith("ami-"))
                    .ifPresent(image -> ids.add(new AmiId(image)));
            ids.addAll(wanted.ids(
                    family(template).or(() -> onlyFamily(wanted)),
                    survey.place().region()));
        }
        if (ids.isEmpty()) {
            return Map.of();
        }
        Map<AmiId, Ami> visible = new LinkedHashMap<>();
        host.cloud(survey.place().access(), survey.place().region())
                .amis()
                .describe(ids)
                .forEach(ami -> visible.put(ami.id(), ami));
        return visible;
    }

    private void findMissing() {
        for (String name : request.templates()) {
            if (surveys.stream()
                    .flatMap(survey -> survey.templates().stream())
                    .noneMatch(template -> template.name().value().equals(name)
                            || template.id().value().equals(name))) {
                problems.add("templates: '" + name + "' does not exist in " + where());
            }
        }
        for (String name : request.groups().asgs()) {
            List<GroupObservation> found = surveys.stream()
                    .flatMap(survey -> survey.groups().stream())
                    .filter(group -> group.key().name().value().equals(name))
                    .toList();
            if (found.isEmpty()) {
                problems.add("asgs: '" + name + "' does not exist in " + where());
            } else if (found.stream()
                    .allMatch(group -> group.launchSource().templates().isEmpty())) {
                problems.add("asgs: '" + name
                        + "' has a launch configuration, which cannot be updated: give it a launch" + " template");
            }
        }
    }

    private Optional<ImageFamily> family(LaunchTemplate template) {
        return Optional.ofNullable(template.tags().get(AmiTags.FAMILY)).map(ImageFamily::new);
    }

    private static TemplateDecision wrong(PlaceSurvey survey, LaunchTemplate template, String why) {
        return new TemplateDecision.Refuse(
                template.name() + " in " + survey.account() + "/"
                        + survey.place().region() + ": " + why,
                true);
    }

    private String where() {
        return surveys.stream()
                .map(survey -> survey.account() + "/" + survey.place().region())
                .collect(Collectors.joining(", "));
    }
}
