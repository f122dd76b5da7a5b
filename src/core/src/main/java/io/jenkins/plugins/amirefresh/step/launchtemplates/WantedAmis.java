package io.jenkins.plugins.amirefresh.step.launchtemplates;

import io.jenkins.plugins.amirefresh.ami.AmiTags;
import io.jenkins.plugins.amirefresh.model.Ami;
import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.model.AwsRegion;
import io.jenkins.plugins.amirefresh.model.ImageFamily;
import io.jenkins.plugins.amirefresh.model.Place;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The AMIs to bring into templates.
 *
 * @param byRegion ids by family and region; one an architecture
 * @param byPlace ids of families by place, where each account has its own; one an architecture
 * @param anyFamily ids by region for templates of whatever family: AMIs that were given and have no family tag
 * @param known descriptions by the owning account, which alone shows the tags
 * @param bad why an AMI is never used
 * @param notes what the users of an AMI in a place have to know of it
 */
record WantedAmis(
        Map<ImageFamily, Map<AwsRegion, List<AmiId>>> byRegion,
        Map<ImageFamily, Map<Place, List<AmiId>>> byPlace,
        Map<AwsRegion, List<AmiId>> anyFamily,
        Map<AmiId, Ami> known,
        Map<AmiId, String> bad,
        Map<Place, Map<AmiId, String>> notes) {

    /** The families that have one; empty when any template may take what was given. */
    Set<ImageFamily> families() {
        return byRegion.keySet();
    }

    /** The ids for a template of this family, empty for none. */
    List<AmiId> ids(Optional<ImageFamily> family, Place place) {
        List<AmiId> ofFamily = family.map(name -> Optional.ofNullable(
                                byPlace.getOrDefault(name, Map.of()).get(place))
                        .orElseGet(() -> byRegion.getOrDefault(name, Map.of()).getOrDefault(place.region(), List.of())))
                .orElse(List.of());
        return ofFamily.isEmpty() ? anyFamily.getOrDefault(place.region(), List.of()) : ofFamily;
    }

    /** What the users of this AMI have to know of it, empty for nothing. */
    String note(Place place, AmiId ami) {
        return notes.getOrDefault(place, Map.of()).getOrDefault(ami, "");
    }

    /** Why AMIs are never used: an account that uses another's image sees its own tags on it alone. */
    Map<AmiId, String> bad(Map<AmiId, Ami> visible) {
        Map<AmiId, String> all = new LinkedHashMap<>(bad);
        visible.values().stream()
                .filter(ami -> ami.tags().containsKey(AmiTags.BAD))
                .forEach(ami -> all.putIfAbsent(ami.id(), ami.tags().getOrDefault(AmiTags.BAD, "")));
        return all;
    }

    /** The ids that were given and have no family tag, for people. */
    String untagged() {
        return anyFamily.values().stream()
                .flatMap(List::stream)
                .map(AmiId::value)
                .distinct()
                .collect(Collectors.joining(", "));
    }

    /** Nothing was built, found or given. */
    boolean isEmpty() {
        return byRegion.isEmpty() && anyFamily.isEmpty();
    }
}
