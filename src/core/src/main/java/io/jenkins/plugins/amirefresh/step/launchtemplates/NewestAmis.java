package io.jenkins.plugins.amirefresh.step.launchtemplates;

import io.jenkins.plugins.amirefresh.ami.AmiTags;
import io.jenkins.plugins.amirefresh.model.Ami;
import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.model.ImageFamily;
import io.jenkins.plugins.amirefresh.model.Place;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The newest good AMIs of one family in one region, one an architecture: for each account the newest that it can launch. An
 * account may have copies of its own, which have the name of what they were copied from.
 */
final class NewestAmis {

    /** A weekly build is not older. */
    private static final Duration THIS_WEEK = Duration.ofDays(7);

    private static final Comparator<Ami> BY_AGE = Comparator.comparing(Ami::createdAt)
            .thenComparing(Comparator.comparing(Ami::id).reversed());

    /** A row has room for no more. */
    private static final int MOST_NAMED = 4;

    private final ImageFamily family;
    private final Map<AmiId, Ami> all = new LinkedHashMap<>();
    private final Map<Place, Set<AmiId>> owned = new LinkedHashMap<>();
    private final Map<Place, Set<AmiId>> seen = new LinkedHashMap<>();

    NewestAmis(ImageFamily family) {
        this.family = family;
    }

    /** What one account owns. */
    void add(Place place, Collection<Ami> images) {
        images.forEach(ami -> all.putIfAbsent(ami.id(), ami));
        Set<AmiId> ids = images.stream().map(Ami::id).collect(Collectors.toCollection(LinkedHashSet::new));
        owned.put(place, ids);
        seen.put(place, new LinkedHashSet<>(ids));
    }

    Collection<Ami> all() {
        return all.values();
    }

    /** Others' images that would come before its own ones if the account can launch them, newest first. */
    List<AmiId> worthAsking(Place place, Map<AmiId, String> bad) {
        Map<String, Ami> own = newest(owned(place), bad);
        return all.values().stream()
                .filter(ami -> ami.isAvailable() && !isOwned(place, ami))
                .filter(ami -> Optional.ofNullable(own.get(ami.architecture()))
                        .map(mine -> BY_AGE.compare(ami, mine) > 0 && !isSameBuild(ami, mine))
                        .orElse(true))
                .sorted(BY_AGE.reversed())
                .map(Ami::id)
                .toList();
    }

    /** Some of others' images as this account sees them. */
    void see(Place place, Collection<Ami> images) {
        images.forEach(ami -> seen.getOrDefault(place, Set.of()).add(ami.id()));
    }

    /** It sees a good one of each architecture that there is. */
    boolean seesAll(Place place, Map<AmiId, String> bad) {
        return newest(seen(place), bad)
                .keySet()
                .containsAll(newest(all.values().stream(), bad).keySet());
    }

    /** Whichever account can launch them. */
    List<Ami> chosen(Map<AmiId, String> bad) {
        return List.copyOf(newest(all.values().stream(), bad).values());
    }

    /** What the account can launch; for an architecture of which it sees none, what there is, for it to be named. */
    List<Ami> chosen(Place place, Map<AmiId, String> bad) {
        Map<String, Ami> chosen = new TreeMap<>(newest(all.values().stream(), bad));
        Map<String, Ami> visible = newest(seen(place), bad);
        chosen.putAll(visible);
        // A copy of its own stays launchable when the other account takes its image away.
        owned(place)
                .filter(ami -> isGood(ami, bad))
                .filter(ami -> Optional.ofNullable(visible.get(ami.architecture()))
                        .filter(other -> !isOwned(place, other) && isSameBuild(ami, other))
                        .isPresent())
                .forEach(ami -> chosen.put(ami.architecture(), ami));
        return List.copyOf(chosen.values());
    }

    /**
     * What is worth knowing of a chosen one: that it is not from this week, that a newer one is bad or not to be seen, that other
     * accounts get another one; empty for nothing.
     */
    String note(Place place, Ami ami, Map<AmiId, String> bad, Instant now) {
        List<String> parts = new ArrayList<>();
        Duration age = Duration.between(ami.createdAt(), now);
        Optional<Ami> newerBad = seen(place)
                .filter(other -> isNewer(other, ami) && bad.containsKey(other.id()))
                .max(BY_AGE);
        Optional<Ami> unseen = newest(all.values().stream(), bad).values().stream()
                .filter(other -> isNewer(other, ami) && !isSameBuild(other, ami))
                .filter(other -> seen(place).noneMatch(other::equals))
                .findFirst();
        if (age.compareTo(THIS_WEEK) > 0 || newerBad.isPresent() || unseen.isPresent()) {
            boolean isOneOfSeveral = newest(all.values().stream(), bad).size() > 1;
            parts.add("the newest good image of family " + family
                    + (isOneOfSeveral ? " for " + ami.architecture() : "")
                    + (unseen.isPresent() ? " that this account can launch" : "") + " is " + named(ami) + ", "
                    + age.toDays() + " days old");
        }
        newerBad.ifPresent(other -> parts.add(named(other) + " is newer and marked bad: " + bad.get(other.id())));
        unseen.ifPresent(other -> parts.add(
                ofAccount(other) + " is newer and not visible here: share it with this account, or copy it there"));
        differing(ami, bad).ifPresent(parts::add);
        return String.join("; ", parts);
    }

    /** What the other accounts get, when it is not the same; empty when it is. */
    private Optional<String> differing(Ami ami, Map<AmiId, String> bad) {
        List<Ami> others = owned.keySet().stream()
                .flatMap(place -> newest(seen(place), bad).isEmpty() ? Stream.empty() : chosen(place, bad).stream())
                .filter(other -> other.architecture().equals(ami.architecture()) && !other.equals(ami))
                .distinct()
                .toList();
        if (others.isEmpty()) {
            return Optional.empty();
        }
        String some = others.stream()
                .limit(MOST_NAMED)
                .map(other -> other.id() + " of " + other.ownerId())
                .collect(Collectors.joining(", "));
        int more = others.size() - MOST_NAMED;
        return Optional.of("the image's id differs by account: here " + ami.id() + " of " + ami.ownerId()
                + ", elsewhere " + some + (more > 0 ? " and " + more + " more" : ""));
    }

    private Stream<Ami> owned(Place place) {
        return all.values().stream().filter(ami -> isOwned(place, ami));
    }

    private boolean isOwned(Place place, Ami ami) {
        return owned.getOrDefault(place, Set.of()).contains(ami.id());
    }

    private Stream<Ami> seen(Place place) {
        Set<AmiId> ids = seen.getOrDefault(place, Set.of());
        return all.values().stream().filter(ami -> ids.contains(ami.id()));
    }

    private static Map<String, Ami> newest(Stream<Ami> images, Map<AmiId, String> bad) {
        return images.filter(ami -> isGood(ami, bad))
                .collect(Collectors.toMap(Ami::architecture, ami -> ami, BinaryOperator.maxBy(BY_AGE), TreeMap::new));
    }

    private static boolean isGood(Ami ami, Map<AmiId, String> bad) {
        return ami.isAvailable() && !bad.containsKey(ami.id());
    }

    private static boolean isNewer(Ami other, Ami ami) {
        return other.architecture().equals(ami.architecture())
                && other.createdAt().isAfter(ami.createdAt());
    }

    private static boolean isSameBuild(Ami one, Ami other) {
        String key = one.tags().getOrDefault(AmiTags.BUILD_KEY, "");
        return one.name().equals(other.name())
                || (!key.isEmpty() && key.equals(other.tags().get(AmiTags.BUILD_KEY)));
    }

    private static String ofAccount(Ami ami) {
        return ami.name() + " (" + ami.id() + ") of account " + ami.ownerId() + " of "
                + ami.createdAt().atOffset(ZoneOffset.UTC).toLocalDate();
    }

    /** {@code web-2026-11-15 (ami-0123456789abcdef0) of 2026-11-15}. */
    private static String named(Ami ami) {
        return ami.name() + " (" + ami.id() + ") of "
                + ami.createdAt().atOffset(ZoneOffset.UTC).toLocalDate();
    }
}
