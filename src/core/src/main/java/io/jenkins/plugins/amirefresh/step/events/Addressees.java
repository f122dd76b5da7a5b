package io.jenkins.plugins.amirefresh.step.events;

import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.events.ChangeEvent;
import io.jenkins.plugins.amirefresh.events.ChangeKind;
import io.jenkins.plugins.amirefresh.events.Concerned;
import io.jenkins.plugins.amirefresh.events.Letter;
import io.jenkins.plugins.amirefresh.events.Letter.Fate;
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

/** Looks up which groups letters are about. */
final class Addressees {

    private final StepHost host;
    private final Listener listener;
    private final Fleet fleet;
    private final Map<Place, Map<LaunchSource.Template, Optional<String>>> images = new HashMap<>();

    Addressees(StepHost host, Listener listener, Fleet fleet) {
        this.host = host;
        this.listener = listener;
        this.fleet = fleet;
    }

    /** Why the account that an open letter is about cannot be read now; empty when it can. */
    Optional<CloudException> problem(Letter letter) {
        return letter.event() == null || letter.fate() != Fate.OPEN
                ? Optional.empty()
                : about(letter, letter.event()).flatMap(queue -> fleet.problem(queue.place()));
    }

    /** The account and region that a letter is about. */
    Place place(Letter letter) {
        return Optional.ofNullable(letter.event())
                .flatMap(event -> about(letter, event))
                .orElse(listener.queues().get(letter.queue()))
                .place();
    }

    /**
     * The letter with its groups, or with its fate when it is about none.
     *
     * @throws CloudException when a template cannot be read
     */
    Letter found(Letter letter) {
        ChangeEvent event = letter.event();
        if (event == null || letter.groups() != null || letter.fate() != Fate.OPEN) {
            return letter;
        }
        Optional<OpenQueue> about = about(letter, event);
        if (about.isEmpty()) {
            String where = "is about " + event.account() + (event.region().isEmpty() ? "" : " in " + event.region())
                    + ", where this step does not work";
            host.log(RecycleOnEvents.NAME + ": " + event.text() + " " + where);
            return letter.with(Fate.POISON, where);
        }
        List<GroupKey> groups = groups(about.get(), event);
        if (groups.isEmpty()) {
            String why = isNamed(event)
                    ? "there is no group of that name in " + about.get().account() + " "
                            + about.get().place().region() + ", or it is that run's own change"
                    : "no group launches from it";
            host.log(RecycleOnEvents.NAME + ": ignored: " + event.text() + ": " + why);
            return letter.with(Fate.SETTLED, why);
        }
        return letter.about(groups);
    }

    /** One queue may get the events of many accounts. */
    private Optional<OpenQueue> about(Letter letter, ChangeEvent event) {
        OpenQueue own = listener.queues().get(letter.queue());
        return own.isAbout(event.account(), event.region())
                ? Optional.of(own)
                : listener.queues().stream()
                        .filter(queue -> queue.isAbout(event.account(), event.region()))
                        .findFirst();
    }

    private List<GroupKey> groups(OpenQueue queue, ChangeEvent event) {
        Place place = queue.place();
        Concerned concerned = new Concerned(OwnNames::of, use -> image(place, use));
        List<GroupKey> found = new ArrayList<>();
        for (LocatedGroup located : fleet.groups()) {
            if (located.place().equals(place)
                    && (isNamed(event) || asks(located))
                    && concerned.includes(event, located.group())
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
