package io.jenkins.plugins.amirefresh.step.preflight;

import io.jenkins.plugins.amirefresh.cloud.CapacityReservations.CapacityReservation;
import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.cloud.SecurityGroups.SecurityGroup;
import io.jenkins.plugins.amirefresh.cloud.Subnets.Subnet;
import io.jenkins.plugins.amirefresh.model.Place;
import io.jenkins.plugins.amirefresh.step.StepHost;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * What belongs to an account and region, in pages, each once a tick however many groups ask, and only when one does. A
 * permission that is missing is an answer: nothing is known.
 */
final class PlaceReads {

    private final StepHost host;
    private final Map<Place, Answer<Subnet>> subnets = new HashMap<>();
    private final Map<Place, Answer<CapacityReservation>> reservations = new HashMap<>();
    private final Map<Place, Answer<String>> keyPairs = new HashMap<>();
    private final Map<Place, Answer<SecurityGroup>> securityGroups = new HashMap<>();
    private final Map<Profile, Answer<String>> profiles = new HashMap<>();
    private final Map<Asked, Answer<String>> alarms = new HashMap<>();

    private record Profile(Place place, String name) {}

    private record Asked(Place place, Set<String> names) {}

    /**
     * What was read.
     *
     * @param problem why nothing could be, empty when all was
     */
    record Answer<T>(List<T> items, String problem) {

        /** Copies the list. */
        Answer {
            items = List.copyOf(items);
        }

        boolean isKnown() {
            return problem.isEmpty();
        }
    }

    PlaceReads(StepHost host) {
        this.host = host;
    }

    Answer<Subnet> subnets(Place place) {
        return subnets.computeIfAbsent(
                place, at -> read(at, cloud -> cloud.subnets().all(), "its subnets are"));
    }

    Answer<CapacityReservation> reservations(Place place) {
        return reservations.computeIfAbsent(
                place, at -> read(at, cloud -> cloud.capacityReservations().all(), "its capacity reservations are"));
    }

    /** Names. */
    Answer<String> keyPairs(Place place) {
        return keyPairs.computeIfAbsent(
                place,
                at -> read(at, cloud -> List.copyOf(cloud.keyPairs().names()), "whether its key pair exists is"));
    }

    Answer<SecurityGroup> securityGroups(Place place) {
        return securityGroups.computeIfAbsent(
                place, at -> read(at, cloud -> cloud.securityGroups().all(), "whether its security groups exist is"));
    }

    /** The profile's name, nothing where there is no such profile. */
    Answer<String> instanceProfile(Place place, String name) {
        return profiles.computeIfAbsent(new Profile(place, name), asked -> profile(place, name));
    }

    /** IAM's endpoint is another than those of the region: no answer says nothing of the group, and no tick helps. */
    private Answer<String> profile(Place place, String name) {
        String what = "whether its instance profile exists is";
        try {
            return read(
                    place, cloud -> cloud.instanceProfiles().exists(name) ? List.of(name) : List.<String>of(), what);
        } catch (CloudException.Unavailable e) {
            return unknown(what, e);
        }
    }

    /** Those of the names that there are alarms of. */
    Answer<String> alarms(Place place, Set<String> names) {
        return alarms.computeIfAbsent(
                new Asked(place, names),
                asked -> read(
                        place,
                        cloud -> List.copyOf(cloud.alarms().named(names).keySet()),
                        "whether its alarms exist is"));
    }

    /** Alarms whose names begin like this one. */
    Answer<String> alarmsLike(Place place, String name) {
        String prefix = name.substring(0, Math.min(2, name.length()));
        return read(place, cloud -> cloud.alarms().beginningWith(prefix), "what its alarms are called is");
    }

    private <T> Answer<T> read(Place place, Function<Cloud, List<T>> question, String what) {
        try {
            return new Answer<>(question.apply(host.cloud(place.access(), place.region())), "");
        } catch (CloudException.AccessDenied e) {
            return unknown(what, e);
        }
    }

    private static <T> Answer<T> unknown(String what, CloudException e) {
        return new Answer<>(List.of(), what + " not known: " + e.getMessage());
    }
}
