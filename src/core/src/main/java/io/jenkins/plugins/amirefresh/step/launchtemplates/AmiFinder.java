package io.jenkins.plugins.amirefresh.step.launchtemplates;

import io.jenkins.plugins.amirefresh.ami.AmiTags;
import io.jenkins.plugins.amirefresh.cloud.Amis;
import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.journal.JournalEvent;
import io.jenkins.plugins.amirefresh.journal.JournalFact;
import io.jenkins.plugins.amirefresh.model.Ami;
import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.model.AwsRegion;
import io.jenkins.plugins.amirefresh.model.ImageFamily;
import io.jenkins.plugins.amirefresh.model.Place;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds the AMIs that the parameter {@code ami} means. */
final class AmiFinder {

    /** As many ids as one call takes. */
    private static final int PAGE = 200;

    private final StepHost host;
    private final List<PlaceSurvey> surveys;
    private final List<Place> places;
    private final Map<ImageFamily, Map<AwsRegion, List<AmiId>>> byRegion = new TreeMap<>();
    private final Map<AwsRegion, List<AmiId>> anyFamily = new TreeMap<>();
    private final Map<AmiId, Ami> known = new LinkedHashMap<>();
    private final Map<Place, CloudException> denied = new LinkedHashMap<>();
    private final Map<AmiId, String> marked = new LinkedHashMap<>();
    private final Map<ImageFamily, Map<Place, List<AmiId>>> byPlace = new TreeMap<>();
    private final Map<Place, Map<AmiId, String>> notes = new LinkedHashMap<>();

    AmiFinder(StepHost host, List<PlaceSurvey> surveys) {
        this.host = host;
        this.surveys = surveys;
        this.places = surveys.stream().map(PlaceSurvey::place).toList();
    }

    /**
     * Looks for what is wanted in every account.
     *
     * @param families of the templates that may be meant
     * @throws CloudException when no image is known, since none may be seen
     */
    WantedAmis find(AmiRequest request, Set<ImageFamily> families) {
        switch (request.kind()) {
            case RUN -> addOfRun();
            case NEWEST -> families.forEach(this::addNewest);
            case EARLIER -> addEarlier(request, families);
            case GIVEN -> addGiven(request);
        }
        if (!denied.isEmpty() && known.isEmpty() && request.kind() != AmiRequest.Kind.RUN) {
            throw denied.values().iterator().next();
        }
        return new WantedAmis(byRegion, byPlace, anyFamily, known, bad(), notes);
    }

    private void addOfRun() {
        for (JournalEvent event : host.journal().events()) {
            if (event.fact() instanceof JournalFact.AmiBuilt built) {
                Map<AwsRegion, List<AmiId>> regions = built.amis().stream()
                        .collect(Collectors.groupingBy(
                                JournalFact.RegionalAmi::region,
                                TreeMap::new,
                                Collectors.mapping(JournalFact.RegionalAmi::ami, Collectors.toList())));
                byRegion.put(built.family(), regions);
            }
        }
        Map<AwsRegion, Set<AmiId>> ids = new TreeMap<>();
        byRegion.values()
                .forEach(regions -> regions.forEach((region, amis) ->
                        ids.computeIfAbsent(region, key -> new TreeSet<>()).addAll(amis)));
        places.forEach(place -> describe(place, ids.getOrDefault(place.region(), Set.of())));
    }

    private void addEarlier(AmiRequest request, Set<ImageFamily> families) {
        Optional<EarlierAmis> earlier = EarlierAmis.of(host, request.build());
        if (earlier.isEmpty()) {
            host.log(UpdateLaunchTemplatesStep.NAME + ": no earlier build of this job has on record that it gave launch"
                    + " templates an AMI: the newest good ones are taken");
            families.forEach(this::addNewest);
            return;
        }
        String note = earlier.get().note(host.clock().instant());
        for (PlaceSurvey survey : surveys) {
            Place place = survey.place();
            Map<ImageFamily, List<AmiId>> amis = earlier.get().of(survey.account(), place.region());
            Set<AmiId> ids = new TreeSet<>();
            amis.forEach((family, chosen) -> {
                byPlace.computeIfAbsent(family, key -> new LinkedHashMap<>()).put(place, chosen);
                byRegion.computeIfAbsent(family, key -> new TreeMap<>()).putIfAbsent(place.region(), chosen);
                ids.addAll(chosen);
            });
            ids.forEach(ami ->
                    notes.computeIfAbsent(place, key -> new LinkedHashMap<>()).put(ami, note));
            describe(place, ids);
        }
    }

    private void addNewest(ImageFamily family) {
        Map<AwsRegion, NewestAmis> newest = new TreeMap<>();
        for (Place place : places) {
            newest.computeIfAbsent(place.region(), region -> new NewestAmis(family))
                    .add(place, read(place, amis -> amis.ownedWithTags(Map.of(AmiTags.FAMILY, family.value()))));
        }
        newest.values().forEach(amis -> amis.all().forEach(ami -> known.put(ami.id(), ami)));
        for (Place place : places) {
            look(place, newest.getOrDefault(place.region(), new NewestAmis(family)));
        }
        Map<AmiId, String> bad = bad();
        newest.forEach((region, amis) -> {
            List<Ami> chosen = amis.chosen(bad);
            if (!chosen.isEmpty()) {
                byRegion.computeIfAbsent(family, key -> new TreeMap<>()).put(region, ids(chosen));
            }
        });
        for (Place place : places) {
            choose(family, place, newest.getOrDefault(place.region(), new NewestAmis(family)), bad);
        }
    }

    /** Asks for others' images page by page: the newest that is shared is on the first one as a rule. */
    private void look(Place place, NewestAmis newest) {
        Map<AmiId, String> bad = bad();
        List<AmiId> others = newest.worthAsking(place, bad);
        for (int from = 0; from < others.size() && (from == 0 || !newest.seesAll(place, bad)); from += PAGE) {
            List<AmiId> page = others.subList(from, Math.min(others.size(), from + PAGE));
            List<Ami> seen = read(place, amis -> amis.describe(page));
            newest.see(place, seen);
            // An account that uses another's image puts its own tags on it, which no one else sees.
            seen.stream()
                    .filter(ami -> ami.tags().containsKey(AmiTags.BAD))
                    .forEach(ami -> marked.putIfAbsent(ami.id(), ami.tags().getOrDefault(AmiTags.BAD, "")));
        }
    }

    private void choose(ImageFamily family, Place place, NewestAmis newest, Map<AmiId, String> bad) {
        List<Ami> chosen = newest.chosen(place, bad);
        if (!chosen.isEmpty()) {
            byPlace.computeIfAbsent(family, key -> new LinkedHashMap<>()).put(place, ids(chosen));
        }
        Instant now = host.clock().instant();
        chosen.forEach(ami -> notes.computeIfAbsent(place, key -> new LinkedHashMap<>())
                .put(ami.id(), newest.note(place, ami, bad, now)));
    }

    private static List<AmiId> ids(List<Ami> amis) {
        return amis.stream().map(Ami::id).toList();
    }

    private void addGiven(AmiRequest request) {
        Map<AwsRegion, AmiId> given = new TreeMap<>(request.byRegion());
        for (Place place : places) {
            Set<AmiId> wanted = new TreeSet<>();
            request.anywhere().ifPresent(wanted::add);
            Optional.ofNullable(request.byRegion().get(place.region())).ifPresent(wanted::add);
            describe(place, wanted).forEach(ami -> given.putIfAbsent(place.region(), ami.id()));
        }
        request.anywhere().ifPresent(id -> {
            if (!known.containsKey(id) && denied.isEmpty()) {
                throw ParameterException.of(
                        UpdateLaunchTemplatesStep.AMI,
                        id,
                        "an AMI that is visible in "
                                + places.stream().map(Place::toString).collect(Collectors.joining(", ")));
            }
            addCopies(id, given);
        });
        given.forEach((region, id) ->
                regions(id).computeIfAbsent(region, key -> new ArrayList<>()).add(id));
    }

    /** An AMI id lives in one region; the same build in the others has the same key. */
    private void addCopies(AmiId id, Map<AwsRegion, AmiId> given) {
        Optional<String> key =
                Optional.ofNullable(known.get(id)).map(ami -> ami.tags().get(AmiTags.BUILD_KEY));
        for (Place place : places) {
            if (key.isPresent() && !given.containsKey(place.region())) {
                read(place, amis -> amis.ownedWithTags(Map.of(AmiTags.BUILD_KEY, key.get()))).stream()
                        .findFirst()
                        .ifPresent(copy -> {
                            known.put(copy.id(), copy);
                            given.put(place.region(), copy.id());
                        });
            }
        }
    }

    private Map<AwsRegion, List<AmiId>> regions(AmiId id) {
        return Optional.ofNullable(known.get(id))
                .map(ami -> ami.tags().get(AmiTags.FAMILY))
                .map(ImageFamily::new)
                .map(family -> byRegion.computeIfAbsent(family, key -> new TreeMap<>()))
                .orElse(anyFamily);
    }

    /** What this account sees; the description with tags, which only the owner gets, is kept. */
    private List<Ami> describe(Place place, Collection<AmiId> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        List<Ami> seen = read(place, amis -> amis.describe(ids));
        seen.forEach(ami -> known.merge(ami.id(), ami, (a, b) -> a.tags().isEmpty() ? b : a));
        return seen;
    }

    /** An account whose images may not be seen keeps the others from nothing. */
    private List<Ami> read(Place place, Function<Amis, List<Ami>> question) {
        if (denied.containsKey(place)) {
            return List.of();
        }
        try {
            return question.apply(host.cloud(place.access(), place.region()).amis());
        } catch (CloudException.AccessDenied e) {
            denied.put(place, e);
            return List.of();
        }
    }

    /** Where images may not be seen, and why. */
    Map<Place, CloudException> denied() {
        return Collections.unmodifiableMap(denied);
    }

    private Map<AmiId, String> bad() {
        Map<AmiId, String> bad = new LinkedHashMap<>();
        known.values().stream()
                .filter(ami -> ami.tags().containsKey(AmiTags.BAD))
                .forEach(ami -> bad.put(ami.id(), ami.tags().getOrDefault(AmiTags.BAD, "")));
        marked.forEach(bad::putIfAbsent);
        bad.putAll(host.journal().history().badImages());
        return withCopies(bad);
    }

    /** A copy keeps the name of a family's image, and is as bad. A build key says less: a bad image is built again with it. */
    private Map<AmiId, String> withCopies(Map<AmiId, String> bad) {
        Map<AmiId, String> all = new LinkedHashMap<>(bad);
        for (Ami ami : known.values()) {
            String why = bad.get(ami.id());
            String family = ami.tags().get(AmiTags.FAMILY);
            if (why == null || family == null || ami.name().isEmpty()) {
                continue;
            }
            known.values().stream()
                    .filter(copy -> copy.name().equals(ami.name())
                            && family.equals(copy.tags().get(AmiTags.FAMILY)))
                    .forEach(copy ->
                            all.putIfAbsent(copy.id(), why + " (so is marked " + ami.id() + " of the same name)"));
        }
        return all;
    }
}
