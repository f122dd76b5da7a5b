package io.jenkins.plugins.amirefresh.step.recycle;

import io.jenkins.plugins.amirefresh.ami.AmiTags;
import io.jenkins.plugins.amirefresh.journal.JournalFact;
import io.jenkins.plugins.amirefresh.launchtemplate.Pin;
import io.jenkins.plugins.amirefresh.model.AccountId;
import io.jenkins.plugins.amirefresh.model.AwsRegion;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.ImageFamily;
import io.jenkins.plugins.amirefresh.model.LaunchSource;
import io.jenkins.plugins.amirefresh.model.LaunchTemplate;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateId;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.model.VersionReference;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.StepState;
import io.jenkins.plugins.amirefresh.step.fleet.Fleet;
import io.jenkins.plugins.amirefresh.step.fleet.GroupFamilies;
import io.jenkins.plugins.amirefresh.step.fleet.LocatedGroup;
import io.jenkins.plugins.amirefresh.step.parameters.GroupSelection;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which groups the step is about: those that launch from a template this run updated or refused; without any, those given by name or
 * whose template has an image family.
 */
final class Scope {

    private final StepHost host;
    private final RecycleSettings settings;
    private final List<Update> updates;
    private final GroupFamilies families;

    Scope(StepHost host, RecycleSettings settings) {
        this.host = host;
        this.settings = settings;
        this.families = new GroupFamilies(host);
        this.updates = host.journal().history().facts(JournalFact.class).stream()
                .flatMap(fact -> update(fact).stream())
                .toList();
    }

    /** A template this run updated, or would update; with a refusal, one that it may not. */
    private record Update(
            AccountId account,
            AwsRegion region,
            LaunchTemplateId template,
            ImageFamily family,
            LaunchTemplateVersion to,
            boolean isNew,
            JournalFact.AmiChoice choice,
            String refusal,
            List<String> names) {

        /** It was made for groups that name the template's version so, or they have it already. */
        private boolean isFor(VersionReference named) {
            return names.isEmpty() || names.contains(named.text()) || named.equals(VersionReference.of(to));
        }
    }

    private Optional<Update> update(JournalFact fact) {
        if (fact instanceof JournalFact.TemplateUpdated done) {
            return Optional.of(new Update(
                    done.account(),
                    done.region(),
                    done.template(),
                    done.family(),
                    done.to(),
                    done.changed(),
                    known(done.choice()),
                    "",
                    known(done.names())));
        }
        if (fact instanceof JournalFact.TemplateRefused refused && (settings.isDryRun() || !refused.isPlanned())) {
            return Optional.of(new Update(
                    refused.account(),
                    refused.region(),
                    refused.template(),
                    refused.family(),
                    refused.latest(),
                    false,
                    JournalFact.AmiChoice.NONE,
                    refused.name() + " got no version in this run: " + refused.why(),
                    known(refused.names())));
        }
        return settings.isDryRun() && fact instanceof JournalFact.TemplatePlanned plan
                ? Optional.of(new Update(
                        plan.account(),
                        plan.region(),
                        plan.template(),
                        plan.family(),
                        plan.to(),
                        !plan.from().equals(plan.to()),
                        known(plan.choice()),
                        "",
                        known(plan.names())))
                : Optional.empty();
    }

    private static List<String> known(@Nullable List<String> names) {
        return names == null ? List.of() : names;
    }

    private static JournalFact.AmiChoice known(JournalFact.@Nullable AmiChoice choice) {
        return choice == null ? JournalFact.AmiChoice.NONE : choice;
    }

    /** Says of which places the templates may not be seen; asked after {@link #candidates}. */
    StepState told(StepState state, Fleet fleet) {
        return families.told(state, RecycleAsgs.NAME, fleet);
    }

    /**
     * The selected groups in scope, in the order of their keys.
     *
     * @throws ParameterException when a group given by name has nothing to be brought to
     */
    List<Candidate> candidates(Fleet fleet) {
        families.requireMatch(settings.selection(), fleet);
        List<Candidate> candidates = new ArrayList<>();
        for (LocatedGroup located : fleet.groups()) {
            Optional<Candidate> candidate = candidate(located);
            if (candidate.isEmpty()) {
                requireNotNamed(located.group());
            }
            candidate.ifPresent(candidates::add);
        }
        return candidates;
    }

    /**
     * Nothing selected is a mistake.
     *
     * @throws ParameterException with the nearest names
     */
    void requireMatch(GroupSelection selection, Fleet fleet) {
        families.requireMatch(selection, fleet);
    }

    /** The step's own parameters select it. */
    boolean selects(LocatedGroup located) {
        return settings.selection().includes(families.known(located));
    }

    private void requireNotNamed(GroupObservation group) {
        boolean isNamed = settings.selection().namesGroups()
                && settings.selection().families().isEmpty()
                && settings.selection().includes(group, GroupFamilies.environment(host, group), "");
        if (isNamed && group.launchSource().mainTemplate().isEmpty()) {
            throw GroupSelection.refusal(group, "a group with a launch template, which this one has not");
        }
        if (isNamed) {
            throw GroupSelection.refusal(
                    group,
                    updates.isEmpty()
                            ? "a group whose launch template this account shows"
                            : "a group whose launch template got a version in this run, or give launchTemplateVersion too");
        }
    }

    private Optional<Candidate> candidate(LocatedGroup located) {
        GroupObservation group = located.group();
        String environment = GroupFamilies.environment(host, group);
        if (group.launchSource().mainTemplate().isEmpty() || !mayMatch(group, environment)) {
            return Optional.empty();
        }
        LaunchSource.Template main = group.launchSource().mainTemplate().get();
        if (!updates.isEmpty() && !settings.version().isLaunched() && !isGivenWithVersion(group, main)) {
            return update(group, main)
                    .filter(fact -> settings.selection()
                            .includes(group, environment, fact.family().value()))
                    .map(fact -> candidate(
                            located,
                            environment,
                            fact.family().value(),
                            main.id(),
                            settings.version().numberOr(fact.to()),
                            wanted(located, fact)))
                    .or(() -> byOverride(located, environment, main));
        }
        return Optional.ofNullable(families.templates(located.place()).get(main.id()))
                .filter(template ->
                        settings.selection().namesGroups() || template.tags().containsKey(AmiTags.FAMILY))
                .filter(template -> settings.selection().includes(group, environment, family(template)))
                .flatMap(template -> aimed(located, environment, template));
    }

    /** Brought to what it launches, to a number that was given, or to the newest version. */
    private Optional<Candidate> aimed(LocatedGroup located, String environment, LaunchTemplate template) {
        if (settings.version().isLaunched()) {
            Launched launched = launched(located);
            return launched.main()
                    .map(to -> candidate(located, environment, family(template), template.id(), to, launched.wanted()));
        }
        return Optional.of(candidate(
                located,
                environment,
                family(template),
                template.id(),
                settings.version().numberOr(template.latestVersion()),
                wanted(located, null)));
    }

    private Launched launched(LocatedGroup located) {
        return Launched.of(
                located.group().launchSource(), families.templates(located.place()), LaunchSource.Template::version);
    }

    /** A group and a version that are both given need no update of this run. */
    private boolean isGivenWithVersion(GroupObservation group, LaunchSource.Template main) {
        return settings.selection().namesGroups()
                && settings.version().isGiven()
                && update(group, main).isEmpty();
    }

    /** Spares reading templates for groups that another condition leaves out. */
    private boolean mayMatch(GroupObservation group, String environment) {
        return settings.selection().includes(group, environment, "")
                || !settings.selection().families().isEmpty();
    }

    /** The last one that is for a group that names its version so; where none is, the last one. */
    private Optional<Update> update(GroupObservation group, LaunchSource.Template use) {
        List<Update> ofTemplate = updates.stream()
                .filter(fact -> fact.account().equals(group.key().account())
                        && fact.region().equals(group.key().region())
                        && fact.template().equals(use.id()))
                .toList();
        return ofTemplate.stream()
                .filter(fact -> fact.isFor(Pin.named(group, use)))
                .reduce((earlier, later) -> later)
                .or(() -> ofTemplate.stream().reduce((earlier, later) -> later));
    }

    /** Only an override's template got a version: the group is not brought along by halves, and not left in silence. */
    private Optional<Candidate> byOverride(LocatedGroup located, String environment, LaunchSource.Template main) {
        GroupObservation group = located.group();
        return group.launchSource().overrideTemplates().stream()
                .flatMap(use -> update(group, use).stream())
                .filter(fact -> settings.selection()
                        .includes(group, environment, fact.family().value()))
                .findFirst()
                .flatMap(fact -> Optional.ofNullable(
                                families.templates(located.place()).get(main.id()))
                        .map(template -> candidate(
                                located,
                                environment,
                                fact.family().value(),
                                main.id(),
                                template.latestVersion(),
                                refusing("an override's launch template got a version in this run and its own, "
                                        + main.name() + ", did not: give the families of both"))));
    }

    private static Wanted refusing(String why) {
        return new Wanted(Map.of(), false, true, why, "", Map.of(), false);
    }

    private Wanted wanted(LocatedGroup located, @Nullable Update main) {
        GroupObservation group = located.group();
        Optional<String> refusal = refusal(group, main);
        if (refusal.isPresent()) {
            return refusing(refusal.get());
        }
        Map<LaunchTemplateId, LaunchTemplateVersion> overrides = new HashMap<>();
        for (LaunchSource.Template use : group.launchSource().overrideTemplates()) {
            Optional<LaunchTemplateVersion> to = main == null
                    ? Optional.ofNullable(families.templates(located.place()).get(use.id()))
                            .filter(template -> template.tags().containsKey(AmiTags.FAMILY))
                            .map(LaunchTemplate::latestVersion)
                    : update(group, use).map(Update::to);
            to.ifPresent(version -> overrides.put(use.id(), version));
        }
        JournalFact.AmiChoice choice = main == null ? JournalFact.AmiChoice.NONE : main.choice();
        return new Wanted(
                overrides,
                main != null && main.isNew(),
                settings.version().isGiven() || choice.byName(),
                "",
                notes(group, choice.note()),
                choice.byArchitecture(),
                false);
    }

    /** What is to be known of each image that the group launches. */
    private String notes(GroupObservation group, String ofMain) {
        Set<String> notes = new LinkedHashSet<>(List.of(ofMain));
        for (LaunchSource.Template use : group.launchSource().overrideTemplates()) {
            update(group, use).map(fact -> fact.choice().note()).ifPresent(notes::add);
        }
        notes.remove("");
        return String.join("; ", notes);
    }

    /** Somebody who says which version it shall be needs none of this run. */
    private Optional<String> refusal(GroupObservation group, @Nullable Update main) {
        if (settings.version().isGiven()) {
            return Optional.empty();
        }
        return Stream.concat(
                        Stream.ofNullable(main),
                        group.launchSource().overrideTemplates().stream().flatMap(use -> update(group, use).stream()))
                .map(Update::refusal)
                .filter(refusal -> !refusal.isEmpty())
                .map(refusal -> "its launch template " + refusal)
                .findFirst();
    }

    private static Candidate candidate(
            LocatedGroup located,
            String environment,
            String family,
            LaunchTemplateId template,
            LaunchTemplateVersion to,
            Wanted wanted) {
        return new Candidate(
                located.group().key(),
                located.place(),
                environment,
                family,
                template,
                to,
                "",
                null,
                null,
                null,
                wanted,
                null,
                null);
    }

    private static String family(LaunchTemplate template) {
        return template.tags().getOrDefault(AmiTags.FAMILY, "");
    }

    /**
     * Groups that launch from a template of this run, or of a family, and that this step is not about.
     *
     * <p>Reads nothing: where no template was looked at, none of its groups is this run's business.
     */
    List<JournalFact.LeftOut> leftOut(Fleet fleet, List<Candidate> candidates) {
        Set<GroupKey> chosen = candidates.stream().map(Candidate::group).collect(Collectors.toSet());
        List<JournalFact.LeftOut> leftOut = new ArrayList<>();
        for (LocatedGroup located : fleet.groups()) {
            GroupObservation group = located.group();
            if (!chosen.contains(group.key()) && !group.deleting()) {
                due(located)
                        .ifPresent(due -> leftOut.add(new JournalFact.LeftOut(
                                group.key(),
                                GroupFamilies.environment(host, group),
                                due.family().value(),
                                due.to().number(),
                                settings.excludes(families.known(located)),
                                Pins.of(host, group))));
            }
        }
        return leftOut;
    }

    private Optional<Update> due(LocatedGroup located) {
        Optional<LaunchSource.Template> main = located.group().launchSource().mainTemplate();
        if (!updates.isEmpty() && !settings.version().isLaunched()) {
            return main.flatMap(template -> update(located.group(), template));
        }
        GroupKey key = located.group().key();
        return main.filter(template -> families.hasRead(located.place()))
                .flatMap(template ->
                        Optional.ofNullable(families.templates(located.place()).get(template.id())))
                .filter(template -> template.tags().containsKey(AmiTags.FAMILY))
                .map(template -> new Update(
                        key.account(),
                        key.region(),
                        template.id(),
                        new ImageFamily(family(template)),
                        settings.version().isLaunched()
                                ? launched(located).main().orElse(template.latestVersion())
                                : template.latestVersion(),
                        false,
                        JournalFact.AmiChoice.NONE,
                        "",
                        List.of()));
    }
}
