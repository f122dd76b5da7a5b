package io.jenkins.plugins.amirefresh.step.events;

import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.events.ChangeEvent;
import io.jenkins.plugins.amirefresh.events.ChangeKind;
import io.jenkins.plugins.amirefresh.events.EventMatch;
import io.jenkins.plugins.amirefresh.events.EventMessage;
import io.jenkins.plugins.amirefresh.events.EventMessage.Fate;
import io.jenkins.plugins.amirefresh.events.RecycleTags;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.model.LaunchSource;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersionData;
import io.jenkins.plugins.amirefresh.model.Place;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.events.EventState.Listener;
import io.jenkins.plugins.amirefresh.step.fleet.Fleet;
import io.jenkins.plugins.amirefresh.step.fleet.LocatedGroup;
import io.jenkins.plugins.amirefresh.step.fleet.OwnNames;
import io.jenkins.plugins.amirefresh.step.fleet.RecordTag;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks up which groups messages are about. */
final class AffectedGroups {

    private final StepHost host;
    private final Listener listener;
    private final Fleet fleet;
    private final Map<Place, Map<LaunchSource.Template, Optional<String>>> images = new HashMap<>();

    AffectedGroups(StepHost host, Listener listener, Fleet fleet) {
        this.host = host;
        this.listener = listener;
        this.fleet = fleet;
    }

    /** Why the account that an open message is about cannot be read now; empty when it can. */
    Optional<CloudException> problem(EventMessage eventMessage) {
        return eventMessage.event() == null || eventMessage.fate() != Fate.OPEN
                ? Optional.empty()
                : about(eventMessage, eventMessage.event()).flatMap(queue -> fleet.problem(queue.place()));
    }

    /** The account and region that a message is about. */
    Place place(EventMessage eventMessage) {
        return Optional.ofNullable(eventMessage.event())
                .flatMap(event -> about(eventMessage, event))
                .orElse(listener.queues().get(eventMessage.queue()))
                .place();
    }

    /**
     * The message with its groups, or with its fate when it is about none.
     *
     * @throws CloudException when a template cannot be read
     */
    EventMessage found(EventMessage eventMessage) {
        ChangeEvent event = eventMessage.event();
        if (event == null || eventMessage.groups() != null || eventMessage.fate() != Fate.OPEN) {
            return eventMessage;
        }
        Optional<OpenQueue> about = about(eventMessage, event);
        if (about.isEmpty()) {
            String where = "is about " + event.account() + (event.region().isEmpty() ? "" : " in " + event.region())
                    + ", where this step does not work";
            host.log(RecycleOnEvents.NAME + ": " + event.text() + " " + where);
            return eventMessage.with(Fate.POISON, where);
        }
        List<GroupKey> groups = groups(about.get(), event);
        if (groups.isEmpty()) {
            String why = isNamed(event)
                    ? "there is no group of that name in " + about.get().account() + " "
                            + about.get().place().region() + ", or it is that run's own change"
                    : "no group launches from it";
            host.log(RecycleOnEvents.NAME + ": ignored: " + event.text() + ": " + why);
            return eventMessage.with(Fate.SETTLED, why);
        }
        return eventMessage.about(groups);
    }

    /** One queue may get the events of many accounts. */
    private Optional<OpenQueue> about(EventMessage eventMessage, ChangeEvent event) {
        OpenQueue own = listener.queues().get(eventMessage.queue());
        return own.isAbout(event.account(), event.region())
                ? Optional.of(own)
                : listener.queues().stream()
                        .filter(queue -> queue.isAbout(event.account(), event.region()))
                        .findFirst();
    }

    private List<GroupKey> groups(OpenQueue queue, ChangeEvent event) {
        Place place = queue.place();
        EventMatch eventMatch = new EventMatch(OwnNames::of, use -> image(place, use));
        List<GroupKey> found = new ArrayList<>();
        for (LocatedGroup located : fleet.groups()) {
            if (located.place().equals(place)
                    && (isNamed(event) || asks(located))
                    && eventMatch.includes(event, located.group())
                    && !isOfItsOwnRun(event, located)) {
                found.add(located.group().key());
            }
        }
        return found;
    }

    private static boolean isNamed(ChangeEvent event) {
        return event.kind() == ChangeKind.GROUP || event.kind() == ChangeKind.TAGS;
    }

    /** Of a template that many share, only those that are recycled at all. */
    private boolean asks(LocatedGroup located) {
        RecycleTags tags =
                RecycleTags.of(located.group().tags(), host.settings().tagNames());
        return tags.isOptedIn() || !tags.problem().isEmpty();
    }

    /** The group's record names the run whose session made the change. */
    private static boolean isOfItsOwnRun(ChangeEvent event, LocatedGroup located) {
        return !event.session().isEmpty()
                && RecordTag.of(located.group())
                        .filter(record -> record.runId().equals(event.session()))
                        .isPresent();
    }

    private Optional<String> image(Place place, LaunchSource.Template use) {
        return images.computeIfAbsent(place, any -> new HashMap<>())
                .computeIfAbsent(use, any -> host.cloud(place.access(), place.region())
                        .launchTemplates()
                        .version(use.id(), use.version())
                        .map(LaunchTemplateVersionData::imageId));
    }
}
