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
import io.jenkins.plugins.amirefresh.model.ImageFamily;
import io.jenkins.plugins.amirefresh.model.LaunchTemplate;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersionData;
import io.jenkins.plugins.amirefresh.model.NamePattern;
import io.jenkins.plugins.amirefresh.model.Place;
import io.jenkins.plugins.amirefresh.step.StepHost;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Selects templates and decides on each, from what was surveyed. Reads images, changes nothing. */
final class UpdatePlan {

    private static final ImageFamily UNTAGGED = new ImageFamily("untagged");

    private final StepHost host;
    private final UpdateRequest request;
    private final List<PlaceSurvey> surveys;
    private final TemplateSelection selection;
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
        this.selection = new TemplateSelection(host, request, surveys);
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

    TemplateSelection selection() {
        return selection;
    }

    /** One decision a selected template, in the order of places and names. */
    List<PlannedUpdate> decide(WantedAmis wanted) {
        problems.addAll(selection.missing(wanted));
        List<PlannedUpdate> updates = new ArrayList<>();
        for (PlaceSurvey survey : surveys) {
            List<LaunchTemplate> selected = selection.of(survey, wanted);
            List<LaunchTemplate> all = Stream.concat(selected.stream(), selection.along(survey, selected).stream())
                    .toList();
            Sources sources = new Sources(host, request.source(), survey, memory, selection::isUsed);
            Map<AmiId, Ami> visible;
            try {
                visible = visible(survey, sources, all, wanted);
            } catch (CloudException.AccessDenied e) {
                denied.put(survey.place(), e);
                continue;
            }
            all.forEach(template -> updates.addAll(decide(survey, sources, template, wanted, visible)));
        }
        if (!updates.isEmpty() && updates.stream().allMatch(UpdatePlan::isWrong)) {
            updates.forEach(update -> problems.add(update.template().name() + " in " + update.account() + "/"
                    + update.place().region() + ": " + update.decision().why()));
        }
        if (updates.isEmpty() && !denied.isEmpty()) {
            throw denied.values().iterator().next();
        }
        if (updates.isEmpty() && problems.isEmpty() && !selection.mayBeEmpty()) {
            problems.add(selection.nothing(wanted));
        }
        return Pins.joined(updates);
    }

    /** Where images may not be seen, so that no template can be judged, and why. */
    Map<Place, CloudException> denied() {
        return denied;
    }

    private static boolean isWrong(PlannedUpdate update) {
        return update.decision() instanceof TemplateDecision.Refuse refuse && refuse.wrong();
    }

    private List<PlannedUpdate> decide(
            PlaceSurvey survey, Sources sources, LaunchTemplate template, WantedAmis wanted, Map<AmiId, Ami> visible) {
        Optional<ImageFamily> family = TemplateSelection.family(template).or(() -> onlyFamily(wanted));
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
            // An image that this run built may be another account's, which is not looked at.
            boolean isGone = request.ami().kind() != AmiRequest.Kind.RUN
                    && !wanted.known().containsKey(ids.get(0));
            return wrong(
                    isGone
                            ? ids.get(0) + " is gone, or not visible to any of the accounts here"
                            : ids.get(0) + " is not visible to this account: share it with buildAmi's shareWith");
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
            PlaceSurvey survey, Sources sources, List<LaunchTemplate> templates, WantedAmis wanted) {
        Set<AmiId> ids = new TreeSet<>();
        for (LaunchTemplate template : templates) {
            sources.of(template)
                    .forEach(source -> named.of(survey.place(), source.data()).ifPresent(ids::add));
            survey.latest(template).flatMap(LaunchTemplateVersionData::ami).ifPresent(ids::add);
            ids.addAll(wanted.ids(TemplateSelection.family(template).or(() -> onlyFamily(wanted)), survey.place()));
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

    private static TemplateDecision wrong(String why) {
        return new TemplateDecision.Refuse(why, true);
    }
}
