package io.jenkins.plugins.amirefresh.step.launchtemplates;

import io.jenkins.plugins.amirefresh.ami.AmiTags;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.ImageFamily;
import io.jenkins.plugins.amirefresh.model.LaunchTemplate;
import io.jenkins.plugins.amirefresh.model.NamePattern;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.parameters.GroupSelection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which launch templates the step is about. */
final class TemplateSelection {

    private final StepHost host;
    private final UpdateRequest request;
    private final List<PlaceSurvey> surveys;

    TemplateSelection(StepHost host, UpdateRequest request, List<PlaceSurvey> surveys) {
        this.host = host;
        this.request = request;
        this.surveys = surveys;
    }

    /** The families of the templates that may be meant. */
    Set<ImageFamily> families() {
        return surveys.stream()
                .flatMap(survey -> survey.templates().stream())
                .flatMap(template -> family(template).stream())
                .filter(family -> request.groups().hasFamily(family.value()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** In the order of their names. */
    List<LaunchTemplate> of(PlaceSurvey survey, WantedAmis wanted) {
        return survey.templates().stream()
                .filter(template -> isSelected(survey, template, wanted))
                .toList();
    }

    /** The caller said so, or what narrows the whole pipeline leaves this step nothing to do. */
    boolean mayBeEmpty() {
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

    /** Why nothing is selected, where something has to be. */
    String nothing(WantedAmis wanted) {
        Set<ImageFamily> without = new TreeSet<>(families());
        without.removeAll(wanted.families());
        boolean isForWantOfAmis = !request.groups().families().isEmpty() && !without.isEmpty();
        return isForWantOfAmis
                ? "ami: there is no AMI of "
                        + without.stream().map(ImageFamily::value).collect(Collectors.joining(", "))
                        + " where ami: '" + request.ami().text()
                        + "' looks, which has those of "
                        + wanted.families().stream().map(ImageFamily::value).collect(Collectors.joining(", "))
                : "no launch template is selected: none has the tag " + AmiTags.FAMILY + " and fits families "
                        + request.groups().families() + ", templates " + request.templates()
                        + " and the groups asked for, in " + where();
    }

    /**
     * Templates of a family that overrides of selected groups launch from: a group is brought to its images as a whole. One
     * of a family that was left out stays; one of no family is somebody else's.
     */
    List<LaunchTemplate> along(PlaceSurvey survey, List<LaunchTemplate> selected) {
        return selected.stream()
                .flatMap(main -> survey.mainUsers(main.id()).stream().filter(group -> isUsed(group, main)))
                .flatMap(group -> group.launchSource().overrideTemplates().stream())
                .flatMap(use -> survey.template(use.id()).stream())
                .filter(template -> !selected.contains(template))
                .filter(template -> family(template)
                        .filter(family -> request.groups().hasFamily(family.value()))
                        .isPresent())
                .distinct()
                .toList();
    }

    /** Whether the step is about this group, which launches from this template. */
    boolean isUsed(GroupObservation group, LaunchTemplate main) {
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

    /** A group that is given by name says which template it launches from; of those of its overrides, their family does. */
    private boolean isUsed(PlaceSurvey survey, LaunchTemplate template) {
        boolean isOverrides = family(template).isPresent() || isNamed(template);
        List<GroupObservation> users = isOverrides ? survey.users(template.id()) : survey.mainUsers(template.id());
        return users.stream().anyMatch(group -> isUsed(group, template));
    }

    /** What was given and is not there, a line each. */
    List<String> missing(WantedAmis wanted) {
        List<String> problems = new ArrayList<>();
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
        return problems;
    }

    /** The family that a template says it is of. */
    static Optional<ImageFamily> family(LaunchTemplate template) {
        return Optional.ofNullable(template.tags().get(AmiTags.FAMILY)).map(ImageFamily::new);
    }

    /** For people. */
    String where() {
        return surveys.stream()
                .map(survey -> survey.account() + "/" + survey.place().region())
                .collect(Collectors.joining(", "));
    }
}
