package io.jenkins.plugins.amirefresh.step.retire;

import io.jenkins.plugins.amirefresh.ami.AmiTags;
import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.journal.Json;
import io.jenkins.plugins.amirefresh.model.AccountId;
import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.model.AwsRegion;
import io.jenkins.plugins.amirefresh.model.NamePattern;
import io.jenkins.plugins.amirefresh.model.OwnAmi;
import io.jenkins.plugins.amirefresh.model.Place;
import io.jenkins.plugins.amirefresh.retire.Candidate;
import io.jenkins.plugins.amirefresh.retire.RetireDecider;
import io.jenkins.plugins.amirefresh.retire.Retirement;
import io.jenkins.plugins.amirefresh.retire.UseGraph;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.StepState;
import io.jenkins.plugins.amirefresh.step.fleet.Fleet;
import io.jenkins.plugins.amirefresh.step.fleet.FleetReader;
import io.jenkins.plugins.amirefresh.step.fleet.LocatedGroup;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads what refers to images everywhere, then decides on each: an image of one account may be launched by another, so a place
 * that cannot be read keeps the images of its region in all of them.
 */
final class RetirePlanner {

    private final RetireSettings settings;
    private final StepHost host;
    private final List<Place> places;
    private final UseGraph graph = new UseGraph();
    private final Map<AwsRegion, List<String>> doubts = new HashMap<>();
    private final Map<AwsRegion, Set<AccountId>> known = new HashMap<>();
    private final Map<AmiId, Located> images = new LinkedHashMap<>();
    private StepState state;

    /** An image and the index of the place it is changed from. */
    private record Located(int place, AccountId account, OwnAmi image) {}

    RetirePlanner(RetireSettings settings, StepHost host, List<Place> places, StepState state) {
        this.settings = settings;
        this.host = host;
        this.places = places;
        this.state = state;
    }

    /** With what was read of templates and told of places. */
    StepState state() {
        return state;
    }

    /** Reads every place; throws what may pass, after which it goes on where it was. */
    void read(Fleet fleet) {
        for (int i = 0; i < places.size(); i++) {
            Place place = places.get(i);
            if (FleetReader.isTold(state, place)) {
                doubt(place);
                continue;
            }
            try {
                read(i, place, fleet);
            } catch (CloudException e) {
                if (e.isTransient()) {
                    throw e;
                }
                state = FleetReader.unreadable(state, host, RetireAmis.NAME, place, e);
                doubt(place);
            }
        }
    }

    private void doubt(Place place) {
        doubts.computeIfAbsent(place.region(), key -> new ArrayList<>())
                .add("nobody can tell whether " + place + " uses it, which could not be read");
    }

    private void read(int index, Place place, Fleet fleet) {
        Cloud cloud = host.cloud(place.access(), place.region());
        List<LocatedGroup> groups = fleet.groups().stream()
                .filter(located -> located.group().key().region().equals(place.region())
                        && located.group().key().account().equals(cloud.account()))
                .toList();
        UseReader reader = new UseReader(settings, host, graph, state);
        try {
            cloud.ownAmis()
                    .withTag(AmiTags.FAMILY)
                    .forEach(image -> images.putIfAbsent(image.id(), new Located(index, cloud.account(), image)));
            reader.read(cloud, groups);
        } finally {
            state = reader.state();
        }
        known.computeIfAbsent(place.region(), key -> new LinkedHashSet<>()).add(cloud.account());
    }

    /** A row for each image of the families. */
    List<RetireRow> plan() {
        Set<String> families = new TreeSet<>();
        images.values().forEach(located -> families.add(family(located)));
        boolean isMisspelt = !settings.families().isEmpty()
                && !families.isEmpty()
                && families.stream().noneMatch(this::isWanted);
        if (isMisspelt) {
            throw ParameterException.about(
                    RetireAmis.FAMILIES,
                    "no image is of " + String.join(", ", settings.families()) + "; there are "
                            + NamePattern.nearest(settings.families(), families.stream()));
        }
        List<Candidate> candidates = new ArrayList<>();
        images.values().stream()
                .filter(located -> isWanted(family(located)))
                .forEach(located -> candidates.add(candidate(located)));
        RetireDecider decider =
                new RetireDecider(settings.rules(host.run()), host.clock().instant());
        List<Candidate> asked =
                decider.decide(candidates).stream().map(this::withShares).toList();
        return decider.decide(asked).stream()
                .map(decision -> RetireRow.of(located(decision.candidate()).place(), decision, settings.isDryRun()))
                .toList();
    }

    private static String family(Located located) {
        return located.image().ami().tags().getOrDefault(AmiTags.FAMILY, "");
    }

    private boolean isWanted(String family) {
        return settings.families().isEmpty() || NamePattern.anyFits(settings.families(), family);
    }

    private Located located(Candidate candidate) {
        Located located = images.get(candidate.id());
        if (located == null) {
            throw new IllegalStateException(candidate.id() + " was not read");
        }
        return located;
    }

    private Candidate candidate(Located located) {
        AwsRegion region = places.get(located.place()).region();
        return new Candidate(
                located.account(),
                region,
                located.image(),
                graph.usesOf(located.image()),
                doubts.getOrDefault(region, List.of()),
                graph.pastOf(located.image()));
    }

    /** Who else may launch it is asked only of one that would change; what accounts that were read do with it is known. */
    private Candidate withShares(Retirement decision) {
        Candidate candidate = decision.candidate();
        boolean isGoing =
                switch (decision.stage()) {
                    case DEPRECATED, DISABLED, DEREGISTERED -> true;
                    case KEPT, WAITING, ENABLED -> false;
                };
        if (!isGoing) {
            return candidate;
        }
        Place place = places.get(located(candidate).place());
        Set<String> others = new TreeSet<>(
                host.cloud(place.access(), place.region()).ownAmis().sharedWith(candidate.id()));
        known.getOrDefault(place.region(), Set.of()).forEach(account -> others.remove(account.value()));
        return others.isEmpty()
                ? candidate
                : candidate.usedBy("it is shared with " + String.join(", ", others)
                        + ", whose use nobody knows here: add the account, or take the share back");
    }

    /** The rows as documents of the state; what this run has done with an image stays its row. */
    StepState planned(List<RetireRow> rows) {
        Map<String, String> documents = new LinkedHashMap<>();
        rows.stream()
                .filter(row -> state.read(row.key(), RetireRow.class)
                        .filter(known -> known.isDone() && known.stage().changes())
                        .isEmpty())
                .forEach(row -> documents.put(row.key(), Json.write(row)));
        return state.withAll(documents);
    }
}
