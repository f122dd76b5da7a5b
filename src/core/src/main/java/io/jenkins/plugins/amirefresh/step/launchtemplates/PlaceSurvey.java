package io.jenkins.plugins.amirefresh.step.launchtemplates;

import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.model.AccountId;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.LaunchTemplate;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateId;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersionData;
import io.jenkins.plugins.amirefresh.model.Place;
import io.jenkins.plugins.amirefresh.step.StepHost;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What one account holds in one region: its templates with their latest and default version, and its groups. */
record PlaceSurvey(
        Place place,
        AccountId account,
        List<LaunchTemplate> templates,
        Map<LaunchTemplateId, List<LaunchTemplateVersionData>> versions,
        List<GroupObservation> groups) {

    /** One sweep of templates, one of versions, and the shared observation of groups: no call for a single template. */
    static PlaceSurvey of(Place place, StepHost host) {
        Cloud cloud = host.cloud(place.access(), place.region());
        List<GroupObservation> groups = host.observer().all(place.access(), place.region()).groups().values().stream()
                .sorted(Comparator.comparing(GroupObservation::key))
                .toList();
        return new PlaceSurvey(
                place,
                cloud.account(),
                cloud.launchTemplates().all().stream()
                        .sorted(Comparator.comparing(LaunchTemplate::name))
                        .toList(),
                cloud.launchTemplates().latestAndDefaultOfAll().stream()
                        .collect(Collectors.groupingBy(LaunchTemplateVersionData::template)),
                groups);
    }

    Optional<LaunchTemplateVersionData> latest(LaunchTemplate template) {
        return versions.getOrDefault(template.id(), List.of()).stream()
                .max(Comparator.comparing(LaunchTemplateVersionData::version));
    }

    Optional<LaunchTemplateVersionData> defaultVersion(LaunchTemplate template) {
        return versions.getOrDefault(template.id(), List.of()).stream()
                .filter(LaunchTemplateVersionData::isDefault)
                .findFirst();
    }

    Optional<LaunchTemplate> template(LaunchTemplateId id) {
        return templates.stream().filter(template -> template.id().equals(id)).findFirst();
    }

    /** The groups whose own template it is, overrides aside. */
    List<GroupObservation> mainUsers(LaunchTemplateId template) {
        return groups.stream()
                .filter(group -> group.launchSource()
                        .mainTemplate()
                        .filter(main -> main.id().equals(template))
                        .isPresent())
                .toList();
    }

    List<GroupObservation> users(LaunchTemplateId template) {
        return groups.stream()
                .filter(group -> group.launchSource().templates().stream()
                        .anyMatch(use -> use.id().equals(template)))
                .toList();
    }
}
