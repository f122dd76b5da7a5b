package io.jenkins.plugins.amirefresh.step.fleet;

import io.jenkins.plugins.amirefresh.ami.AmiTags;
import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.journal.GroupResult;
import io.jenkins.plugins.amirefresh.journal.JournalFact;
import io.jenkins.plugins.amirefresh.journal.RefreshRecord;
import io.jenkins.plugins.amirefresh.model.AccountId;
import io.jenkins.plugins.amirefresh.model.AwsRegion;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.ImageFamily;
import io.jenkins.plugins.amirefresh.model.LaunchSource;
import io.jenkins.plugins.amirefresh.model.LaunchTemplate;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateId;
import io.jenkins.plugins.amirefresh.model.Place;
import io.jenkins.plugins.amirefresh.schedule.DefaultWindows;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.StepState;
import io.jenkins.plugins.amirefresh.step.parameters.GroupSelection;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * To which image family a group belongs: by this run's record, else by the tag of the template it launches from, else of the
 * one it was refreshed to. Templates are read once a place, and only when somebody has to know.
 */
public final class GroupFamilies {

    private final StepHost host;
    private final Map<Place, Map<LaunchTemplateId, LaunchTemplate>> templates = new HashMap<>();
    private final Map<Place, CloudException> denied = new LinkedHashMap<>();

    /** @param host of the step that asks, for one tick */
    public GroupFamilies(StepHost host) {
        this.host = host;
    }

    /** The family of a group, empty when nothing says so. */
    public String of(LocatedGroup located) {
        GroupObservation group = located.group();
        return host.journal()
                .history()
                .row(group.key())
                .map(GroupResult::family)
                .filter(family -> !family.isEmpty())
                .or(() -> byUpdate(group))
                .or(() -> byTemplate(located))
                .orElse("");
    }

    private Optional<String> byUpdate(GroupObservation group) {
        Optional<LaunchTemplateId> main = group.launchSource().mainTemplate().map(LaunchSource.Template::id);
        return host.journal().history().facts(JournalFact.class).stream()
                .flatMap(fact -> family(fact, group, main).stream())
                .reduce((earlier, later) -> later)
                .map(ImageFamily::value);
    }

    private static Optional<ImageFamily> family(
            JournalFact fact, GroupObservation group, Optional<LaunchTemplateId> main) {
        if (fact instanceof JournalFact.TemplateUpdated done) {
            return isOf(group, main, done.account(), done.region(), done.template())
                    ? Optional.of(done.family())
                    : Optional.empty();
        }
        return fact instanceof JournalFact.TemplateRefused refused
                        && isOf(group, main, refused.account(), refused.region(), refused.template())
                ? Optional.of(refused.family())
                : Optional.empty();
    }

    private static boolean isOf(
            GroupObservation group,
            Optional<LaunchTemplateId> main,
            AccountId account,
            AwsRegion region,
            LaunchTemplateId template) {
        return account.equals(group.key().account())
                && region.equals(group.key().region())
                && main.filter(template::equals).isPresent();
    }

    private Optional<String> byTemplate(LocatedGroup located) {
        Optional<LaunchTemplateId> launched =
                located.group().launchSource().mainTemplate().map(LaunchSource.Template::id);
        Optional<LaunchTemplateId> recorded = RecordTag.of(located.group()).map(RefreshRecord::template);
        return launched.flatMap(id -> tagged(located.place(), id))
                .or(() -> recorded.flatMap(id -> tagged(located.place(), id)));
    }

    private Optional<String> tagged(Place place, LaunchTemplateId id) {
        return Optional.ofNullable(templates(place).get(id))
                .flatMap(template -> Optional.ofNullable(template.tags().get(AmiTags.FAMILY)));
    }

    /** Every launch template of a place. */
    public Map<LaunchTemplateId, LaunchTemplate> templates(Place place) {
        return templates.computeIfAbsent(place, this::read);
    }

    /** Templates may be forbidden where groups are not: nothing is known of that place's then, and the others go on. */
    private Map<LaunchTemplateId, LaunchTemplate> read(Place place) {
        Map<LaunchTemplateId, LaunchTemplate> byId = new HashMap<>();
        try {
            host.cloud(place.access(), place.region())
                    .launchTemplates()
                    .all()
                    .forEach(template -> byId.put(template.id(), template));
        } catch (CloudException.AccessDenied e) {
            denied.put(place, e);
        }
        return byId;
    }

    /**
     * Says of which places nobody knows the families, in the state, in the run's record and on the console.
     *
     * @throws CloudException when that is so of every place that can be read
     */
    public StepState told(StepState state, String step, Fleet fleet) {
        boolean isEverywhere = fleet.places().stream()
                .allMatch(place ->
                        denied.containsKey(place) || fleet.problem(place).isPresent());
        if (isEverywhere && !denied.isEmpty()) {
            throw denied.values().iterator().next();
        }
        StepState told = state;
        for (Map.Entry<Place, CloudException> denial : denied.entrySet()) {
            told = FleetReader.unreadable(told, host, step, denial.getKey(), denial.getValue());
        }
        return told;
    }

    /** The templates of this place were read already. */
    public boolean hasRead(Place place) {
        return templates.containsKey(place);
    }

    /** The group's environment, empty without one. */
    public static String environment(StepHost host, GroupObservation group) {
        return group.tag(host.settings().tagNames().getOrDefault("Environment", "Environment"));
    }

    /** The group as a selection looks at it. */
    public GroupSelection.Known known(LocatedGroup located) {
        return new GroupSelection.Known(located.group(), environment(host, located.group()), () -> of(located));
    }

    /**
     * What narrows a whole pipeline names environments that there are, unless it is not known what there is.
     *
     * @throws ParameterException as {@link GroupSelection#requireEnvironments} does
     */
    public void requireEnvironments(GroupSelection selection, Fleet fleet) {
        if (isComplete(fleet)) {
            selection.requireEnvironments(
                    fleet.groups().stream().map(this::known).toList(),
                    DefaultWindows.of(host.settings().windows()).keySet());
        }
    }

    private static boolean isComplete(Fleet fleet) {
        return fleet.places().stream().noneMatch(place -> fleet.problem(place).isPresent());
    }

    /**
     * Nothing selected is a mistake, unless it is not known what there is.
     *
     * @throws ParameterException as {@link GroupSelection#requireMatch} does
     */
    public void requireMatch(GroupSelection selection, Fleet fleet) {
        requireEnvironments(selection, fleet);
        if (isComplete(fleet)) {
            Collection<LocatedGroup> groups = fleet.groups();
            List<GroupSelection.Known> known = groups.stream().map(this::known).toList();
            try {
                selection.requireMatch(known);
            } catch (ParameterException e) {
                if (denied.isEmpty()) {
                    throw e;
                }
            }
        }
    }
}
