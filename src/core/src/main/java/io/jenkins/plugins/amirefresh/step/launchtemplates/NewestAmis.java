package io.jenkins.plugins.amirefresh.step.launchtemplates;

import io.jenkins.plugins.amirefresh.ami.AmiTags;
import io.jenkins.plugins.amirefresh.model.Ami;
import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.model.ImageFamily;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The newest good AMIs of one family in one region, one an architecture, whichever account owns them. */
final class NewestAmis {

    /** A weekly build is not older. */
    private static final Duration THIS_WEEK = Duration.ofDays(7);

    private static final Comparator<Ami> BY_AGE = Comparator.comparing(Ami::createdAt)
            .thenComparing(Comparator.comparing(Ami::id).reversed());

    private final ImageFamily family;
    private final Map<AmiId, Ami> all = new LinkedHashMap<>();

    NewestAmis(ImageFamily family) {
        this.family = family;
    }

    /** What one account owns; of an image that several describe, the owner's description with its tags comes. */
    void add(Collection<Ami> owned) {
        owned.forEach(ami -> all.putIfAbsent(ami.id(), ami));
    }

    /** The good ones. */
    List<Ami> chosen(Map<AmiId, String> bad) {
        Map<String, Ami> byArchitecture = new TreeMap<>();
        all.values().stream()
                .filter(ami -> ami.isAvailable() && reason(ami, bad).isEmpty())
                .forEach(ami -> byArchitecture.merge(
                        ami.architecture(), ami, (one, other) -> BY_AGE.compare(one, other) >= 0 ? one : other));
        return List.copyOf(byArchitecture.values());
    }

    /** What is worth knowing of a chosen one: that it is not from this week, that a newer one is bad; empty for nothing. */
    String note(Ami ami, Map<AmiId, String> bad, Instant now) {
        Duration age = Duration.between(ami.createdAt(), now);
        Optional<Ami> newerBad = all.values().stream()
                .filter(other -> other.architecture().equals(ami.architecture()))
                .filter(other -> other.createdAt().isAfter(ami.createdAt()))
                .filter(other -> reason(other, bad).isPresent())
                .max(BY_AGE);
        if (age.compareTo(THIS_WEEK) <= 0 && newerBad.isEmpty()) {
            return "";
        }
        return "the newest good image of family " + family + " is " + named(ami) + ", " + age.toDays() + " days old"
                + newerBad.map(other -> "; " + named(other) + " is newer and marked bad: "
                                + reason(other, bad).orElse(""))
                        .orElse("");
    }

    private static Optional<String> reason(Ami ami, Map<AmiId, String> bad) {
        return Optional.ofNullable(ami.tags().get(AmiTags.BAD)).or(() -> Optional.ofNullable(bad.get(ami.id())));
    }

    /** {@code web-2026-11-15 (ami-0123456789abcdef0) of 2026-11-15}. */
    private static String named(Ami ami) {
        return ami.name() + " (" + ami.id() + ") of "
                + ami.createdAt().atOffset(ZoneOffset.UTC).toLocalDate();
    }
}
