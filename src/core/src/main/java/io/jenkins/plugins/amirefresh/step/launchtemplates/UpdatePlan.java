package io.jenkins.plugins.amirefresh.step.launchtemplates;

import io.jenkins.plugins.amirefresh.ami.AmiTags;
import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.journal.JournalFact;
import io.jenkins.plugins.amirefresh.launchtemplate.Share;
import io.jenkins.plugins.amirefresh.launchtemplate.TemplateDecision;
import io.jenkins.plugins.amirefresh.launchtemplate.TemplateFacts;
import io.jenkins.plugins.amirefresh.launchtemplate.TemplatePlanner;
import io.jenkins.plugins.amirefresh.model.Ami;
import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.ImageFamily;
import io.jenkins.plugins.amirefresh.model.LaunchTemplate;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersionData;
import io.jenkins.plugins.amirefresh.model.NamePattern;
import io.jenkins.plugins.amirefresh.model.Place;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.parameters.GroupSelection;
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
    private final Map<Place, CloudException> denied = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();
    private final NamedImages named;
    private final VersionMemory memory;

    UpdatePlan(StepHost host, UpdateRequest request, List<PlaceSurvey> surveys, VersionMemory memory) {
        this.host = host;
        this.memory = memory;
        this.named = new NamedImages(host);
        this.request = request;
        this.surveys = surveys;
        this.planner = new TemplatePlanner(
                // A build number may come again, with a job that is made anew; the plan is saved before its first call.
                host.run().id() + " " + host.run().stepId() + " " + host.clock().instant(),
                request.latestUsers(),
                request.allowDifferences());
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
                .filter(family -> request.groups().hasFamily(family.value()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** One decision a selected template, in the order of places and names. */
    List<PlannedUpdate> decide(WantedAmis wanted) {
        findMissing(wanted);
        List<PlannedUpdate> updates = new ArrayList<>();
        for (PlaceSurvey survey : surveys) {
            List<LaunchTemplate> selected = survey.templates().stream()
                    .filter(template -> isSelected(survey, template, wanted))
                    .toList();
            Map<LaunchTemplate, ImageFamily> along = along(survey, selected);
            List<LaunchTemplate> all =
                    Stream.concat(selected.stream(), along.keySet().stream()).toList();
            Sources sources = new Sources(host, request.source(), survey, memory, this::isUsed);
            Map<AmiId, Ami> visible;
            try {
                visible = visible(survey, sources, all, along, wanted);
            } catch (CloudException.AccessDenied e) {
                denied.put(survey.place(), e);
                continue;
            }
            all.forEach(template -> updates.addAll(decide(
                    survey,
                    sources,
                    template,
                    family(template).or(() -> Optional.ofNullable(along.get(template))),
                    wanted,
                    visible)));
        }
        if (!updates.isEmpty() && updates.stream().allMatch(UpdatePlan::isWrong)) {
            updates.forEach(update -> problems.add(update.template().name() + " in " + update.account() + "/"
                    + update.place().region() + ": " + update.decision().why()));
        }
        if (updates.isEmpty() && !denied.isEmpty()) {
            throw denied.values().iterator().next();
        }
        if (updates.isEmpty() && problems.isEmpty() && !mayBeEmpty()) {
            problems.add("no launch template is selected: none has the tag " + AmiTags.FAMILY + " and fits families "
                    + request.groups().families() + ", templates " + request.templates()
                    + " and the groups asked for, in "
                    + where());
        }
        return Pins.joined(updates);
    }

    /** Where images may not be seen, so that no template can be judged, and why. */
    Map<Place, CloudException> denied() {
        return denied;
    }

    /** The caller said so, or what narrows the whole pipeline leaves this step nothing to do. */
    private boolean mayBeEmpty() {
        GroupSelection wider = request.groups().withoutOnlyEnvironments();
        return request.groups().allowEmpty()
                || (!wider.equals(request.groups())
                        && surveys.stream()
                                .flatMap(survey -> survey.groups().stream())
                                .anyMatch(group -> wider.includes(group, group.tag(environmentTag()), "")));
    }

    private Stream<String> groupNames() {
        return surveys.stream()
                .flatMap(survey -> survey.groups().stream())
                .map(group -> group.key().name().value());
    }

    /** That no template is of the families that were given, with the nearest that there are; empty when some is. */
    Optional<String> unknownFamilies() {
        List<String> given = request.groups().families();
        if (given.isEmpty()
                || request.groups().allowEmpty()
                || request.namesTemplatesOrGroups()
                || !families().isEmpty()) {
            return Optional.empty();
        }
        Stream<String> known = surveys.stream()
                .flatMap(survey -> survey.templates().stream())
                .flatMap(template -> family(template).stream())
                .map(ImageFamily::value);
        return Optional.of("families: '" + String.join(",", given) + "' is the family of no launch template in "
                + where() + "; nearest: " + NamePattern.nearest(given, known));
    }

    private static boolean isWrong(PlannedUpdate update) {
        return update.decision() instanceof TemplateDecision.Refuse refuse && refuse.wrong();
    }

    /**
     * Templates that overrides of selected groups launch from, with the family they get their AMI from: a group is brought to
     * an image as a whole. One of a family that was left out stays.
     */
    private Map<LaunchTemplate, ImageFamily> along(PlaceSurvey survey, List<LaunchTemplate> selected) {
        Map<LaunchTemplate, ImageFamily> along = new LinkedHashMap<>();
        for (LaunchTemplate main : selected) {
            for (GroupObservation group : survey.mainUsers(main.id())) {
                group.launchSource().overrideTemplates().stream()
                        .flatMap(use -> survey.template(use.id()).stream())
                        .filter(template -> !selected.contains(template) && isUsed(group, main))
                        .forEach(template -> family(template)
                                .or(() -> family(main))
                                .filter(family -> request.groups().hasFamily(family.value()))
                                .ifPresent(family -> along.putIfAbsent(template, family)));
            }
        }
        return along;
    }

    private boolean isUsed(GroupObservation group, LaunchTemplate main) {
        String family = family(main).map(ImageFamily::value).orElse("");
        return request.groups().includes(group, group.tag(environmentTag()), family);
    }

    private String environmentTag() {
        return host.settings().tagNames().getOrDefault("Environment", "Environment");
    }

    private boolean isSelected(PlaceSurvey survey, LaunchTemplate template, WantedAmis wanted) {
        Optional<ImageFamily> family = family(template);
        boolean named = isNamed(template);
        if ((!request.templates().isEmpty() && !named) || (request.selectsByGroups() && !isUsed(survey, template))) {
            return false;
        }
        boolean isOther = family.map(name -> !request.groups().hasFamily(name.value()))
                .orElse(!named && !request.groups().families().isEmpty());
        if (isOther) {
            return false;
        }
        if (request.namesTemplatesOrGroups()) {
            return true;
        }
        return family.isPresent()
                && (wanted.isEmpty()
                        || !wanted.ids(family, survey.place()).isEmpty()
                        || wanted.families().contains(family.get()));
    }

    private boolean isNamed(LaunchTemplate template) {
        return request.templates().contains(template.name().value())
                || request.templates().contains(template.id().value());
    }

    private boolean isUsed(PlaceSurvey survey, LaunchTemplate template) {
        return survey.users(template.id()).stream().anyMatch(group -> isUsed(group, template));
    }

    private List<PlannedUpdate> decide(
            PlaceSurvey survey,
            Sources sources,
            LaunchTemplate template,
            Optional<ImageFamily> own,
            WantedAmis wanted,
            Map<AmiId, Ami> visible) {
        Optional<ImageFamily> family = own.or(() -> onlyFamily(wanted));
        if (sources.of(template).isEmpty()) {
            TemplateDecision decision = wrong("its version to copy from cannot be read");
            return List.of(update(survey, template, family, decision, wanted, Share.ALL, 0));
        }
        List<PlannedUpdate> updates = new ArrayList<>();
        int made = 0;
        for (Sources.Source source : sources.of(template)) {
            TemplateDecision decision = family.isEmpty() && wanted.anyFamily().isEmpty() && !wanted.isEmpty()
                    ? wrong("it has no tag " + AmiTags.FAMILY + ": tag it, or give one family")
                    : decide(survey, sources, template, family, source.data(), wanted, visible);
            Optional<String> objection = sources.objection(template, source, request.latestUsers());
            if (decision.makesVersion() && objection.isPresent()) {
                decision = new TemplateDecision.Refuse(objection.get(), false);
            }
            updates.add(update(survey, template, family, decision, wanted, source.share(), made));
            made += decision.makesVersion() ? 1 : 0;
        }
        return updates;
    }

    private PlannedUpdate update(
            PlaceSurvey survey,
            LaunchTemplate template,
            Optional<ImageFamily> family,
            TemplateDecision decision,
            WantedAmis wanted,
            Share share,
            int made) {
        return new PlannedUpdate(
                survey.place(),
                survey.account(),
                template,
                family.orElse(UNTAGGED),
                decision,
                0,
                false,
                choice(survey, family, decision, wanted),
                share,
                made);
    }

    private JournalFact.AmiChoice choice(
            PlaceSurvey survey, Optional<ImageFamily> family, TemplateDecision decision, WantedAmis wanted) {
        Map<String, AmiId> byArchitecture = new LinkedHashMap<>();
        wanted.ids(family, survey.place()).stream()
                .flatMap(id -> Stream.ofNullable(wanted.known().get(id)))
                .forEach(ami -> byArchitecture.putIfAbsent(ami.architecture(), ami.id()));
        String note = PlannedUpdate.ami(decision)
                .map(ami -> wanted.note(survey.place(), ami))
                .orElse("");
        return new JournalFact.AmiChoice(request.ami().kind() == AmiRequest.Kind.GIVEN, note, byArchitecture);
    }

    private TemplateDecision decide(
            PlaceSurvey survey,
            Sources sources,
            LaunchTemplate template,
            Optional<ImageFamily> family,
            LaunchTemplateVersionData source,
            WantedAmis wanted,
            Map<AmiId, Ami> visible) {
        if (wanted.isEmpty()) {
            return new TemplateDecision.Await(source.version(), "no AMI is built in a dry run");
        }
        List<AmiId> ids = wanted.ids(family, survey.place());
        List<Ami> candidates = ids.stream()
                .flatMap(id -> Stream.ofNullable(
                        visible.getOrDefault(id, wanted.known().get(id))))
                .toList();
        if (candidates.isEmpty() && !ids.isEmpty()) {
            return wrong(ids.get(0) + " is not visible to this account: share it with buildAmi's shareWith");
        }
        LaunchTemplateVersionData latest = survey.latest(template).orElse(source);
        return planner.decide(new TemplateFacts(
                survey.account(),
                survey.place().region(),
                template,
                family.orElse(UNTAGGED),
                source,
                latest,
                sources.having(template, source, candidates),
                candidates,
                visible,
                wanted.bad(visible),
                named.byParameter(source),
                survey.groups()));
    }

    private Optional<ImageFamily> onlyFamily(WantedAmis wanted) {
        List<String> families = request.groups().families();
        if (families.size() == 1 && !NamePattern.isPattern(families.get(0))) {
            return Optional.of(new ImageFamily(families.get(0)));
        }
        return wanted.families().size() == 1
                ? Optional.of(wanted.families().iterator().next())
                : Optional.empty();
    }

    /** One call a place for everything that is compared. */
    private Map<AmiId, Ami> visible(
            PlaceSurvey survey,
            Sources sources,
            List<LaunchTemplate> templates,
            Map<LaunchTemplate, ImageFamily> along,
            WantedAmis wanted) {
        Set<AmiId> ids = new TreeSet<>();
        for (LaunchTemplate template : templates) {
            sources.of(template)
                    .forEach(source -> named.of(survey.place(), source.data()).ifPresent(ids::add));
            survey.latest(template).flatMap(LaunchTemplateVersionData::ami).ifPresent(ids::add);
            ids.addAll(wanted.ids(
                    family(template)
                            .or(() -> Optional.ofNullable(along.get(template)))
                            .or(() -> onlyFamily(wanted)),
                    survey.place()));
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

    private void findMissing(WantedAmis wanted) {
        for (String name : request.templates()) {
            if (surveys.stream()
                    .flatMap(survey -> survey.templates().stream())
                    .noneMatch(template -> template.name().value().equals(name)
                            || template.id().value().equals(name))) {
                problems.add("templates: '" + name + "' does not exist in " + where());
            }
        }
        for (String name : request.groups().asgs()) {
            if (NamePattern.isPattern(name) || request.groups().allowEmpty()) {
                continue;
            }
            List<GroupObservation> found = surveys.stream()
                    .flatMap(survey -> survey.groups().stream())
                    .filter(group -> group.key().name().value().equals(name))
                    .toList();
            if (found.isEmpty()) {
                problems.add("asgs: '" + name + "' does not exist in " + where() + "; nearest: "
                        + NamePattern.nearest(List.of(name), groupNames()));
            } else if (found.stream()
                    .allMatch(group -> group.launchSource().templates().isEmpty())) {
                problems.add("asgs: '" + name
                        + "' has a launch configuration, which cannot be updated: give it a launch" + " template");
            }
        }
        if (!wanted.anyFamily().isEmpty()
                && !request.namesTemplatesOrGroups()
                && request.groups().families().isEmpty()) {
            problems.add("ami: " + wanted.untagged() + " has no tag " + AmiTags.FAMILY
                    + ", so say which templates get it: give templates, families or asgs");
        }
    }

    private Optional<ImageFamily> family(LaunchTemplate template) {
        return Optional.ofNullable(template.tags().get(AmiTags.FAMILY)).map(ImageFamily::new);
    }

    private static TemplateDecision wrong(String why) {
        return new TemplateDecision.Refuse(why, true);
    }

    private String where() {
        return surveys.stream()
                .map(survey -> survey.account() + "/" + survey.place().region())
                .collect(Collectors.joining(", "));
    }
}
