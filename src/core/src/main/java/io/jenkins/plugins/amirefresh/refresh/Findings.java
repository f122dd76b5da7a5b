package io.jenkins.plugins.amirefresh.refresh;

import io.jenkins.plugins.amirefresh.refresh.Ailment.Evidence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt found out that an image may be blamed with, or may not.
 *
 * @param losses new instances that did not stay, oldest first
 * @param oldAnswered whether old instances answered their load balancers at the last look that could tell; null before it
 * @param launchesSince since when the group launches what the attempt wants; a launch that failed before says nothing
 * @param movedSince since when it launches something else again, which others set; null while it does not
 * @param departed proven instances that went all the same, by their causes; none in state files of older versions
 * @param newcomers what is known of new instances; null while none was seen, and in state files of older versions
 * @param suspicion what is held against the image that it goes back from; null for nothing, and in state files of older
 *     versions
 * @param alike old and new instances failed at the same moment once, so no failure of the attempt says anything of its image
 */
public record Findings(
        List<Loss> losses,
        @Nullable Boolean oldAnswered,
        @Nullable Instant launchesSince,
        @Nullable Instant movedSince,
        List<Departed> departed,
        @Nullable Newcomers newcomers,
        @Nullable Suspicion suspicion,
        boolean alike) {

    static final Findings NONE = new Findings(List.of(), null, null, null, List.of(), null, null, false);

    /** Causes that a row has room for. */
    private static final int TOLD = 3;

    /** How EC2 calls an instance that it takes back. Source: EC2 API Reference, "StateReason". */
    private static final String SPOT = "Server.SpotInstanceTermination";

    /** Copies the lists. */
    public Findings {
        losses = List.copyOf(losses);
        departed = departed == null ? List.of() : List.copyOf(departed);
    }

    /** So many proven instances went for one cause. */
    public record Departed(String cause, int count) {}

    /**
     * New instances of the attempt together.
     *
     * @param proven one of them was
     * @param ailment what was last wrong with one; null while nothing was
     */
    public record Newcomers(boolean proven, @Nullable Ailment ailment) {}

    /** With the new instances that are there now. */
    Findings seeing(Collection<Sighting> now) {
        if (now.isEmpty()) {
            return this;
        }
        boolean isProven =
                (newcomers != null && newcomers.proven) || now.stream().anyMatch(Sighting::proven);
        Ailment last = now.stream()
                .map(Sighting::ailment)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(newcomers == null ? null : newcomers.ailment);
        return new Findings(
                losses,
                oldAnswered,
                launchesSince,
                movedSince,
                departed,
                new Newcomers(isProven, last),
                suspicion,
                alike);
    }

    /**
     * Why a group without instances is not as it should be: something was wrong with new ones, and none was proven before they
     * went. Empty otherwise. None of them had all its time, so nothing is blamed.
     */
    Optional<String> neverProven() {
        return newcomers == null || newcomers.proven || newcomers.ailment == null
                ? Optional.empty()
                : Optional.of("the group was sent to 0 before a new instance was proven, the last one: "
                        + newcomers.ailment.text());
    }

    /** With proven instances that went since the last look. */
    Findings andDeparted(Collection<Loss> more) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        departed.forEach(known -> counts.put(known.cause(), known.count()));
        more.forEach(loss -> counts.merge(loss.ailment().text(), 1, Integer::sum));
        List<Departed> all = counts.entrySet().stream()
                .map(entry -> new Departed(entry.getKey(), entry.getValue()))
                .toList();
        return new Findings(losses, oldAnswered, launchesSince, movedSince, all, newcomers, suspicion, alike);
    }

    Findings and(Collection<Loss> more) {
        List<Loss> all = new ArrayList<>(losses);
        all.addAll(more);
        return new Findings(all, oldAnswered, launchesSince, movedSince, departed, newcomers, suspicion, alike);
    }

    Findings suspecting(@Nullable Suspicion newSuspicion) {
        return new Findings(losses, oldAnswered, launchesSince, movedSince, departed, newcomers, newSuspicion, alike);
    }

    Findings withOldAnswered(@Nullable Boolean answered) {
        return new Findings(losses, answered, launchesSince, movedSince, departed, newcomers, suspicion, alike);
    }

    /** From now on it launches what is wanted; null when it shall launch something else for a while. */
    Findings launchingSince(@Nullable Instant now) {
        return new Findings(losses, oldAnswered, now, null, departed, newcomers, suspicion, alike);
    }

    Findings movedSince(@Nullable Instant at) {
        return new Findings(losses, oldAnswered, launchesSince, at, departed, newcomers, suspicion, alike);
    }

    /** On the way back the version that came before is looked at: it is compared with nothing. */
    static Findings ofNextAttempt() {
        return new Findings(List.of(), true, null, null, List.of(), null, null, false);
    }

    /** After a look at which no old instance answered though there were some, with the new ones that are there or went. */
    Findings comparing(boolean oldFail, Collection<Sighting> now, Collection<Loss> lost) {
        boolean newFail = Stream.concat(
                        now.stream().map(Sighting::ailment).filter(Objects::nonNull),
                        lost.stream().map(Loss::ailment))
                .anyMatch(ailment -> !saysNothing(ailment));
        return oldFail && newFail
                ? new Findings(losses, oldAnswered, launchesSince, movedSince, departed, newcomers, suspicion, true)
                : this;
    }

    /** What is wrong with new instances is, or was at the same moment, wrong with old ones. */
    boolean failsAlike() {
        return alike || Boolean.FALSE.equals(oldAnswered);
    }

    /** An ailment that the image is to blame for, as far as was seen. */
    boolean blames(Ailment ailment) {
        return switch (ailment.evidence()) {
            case NONE, HASTE -> false;
            case SILENCE -> !alike && Boolean.TRUE.equals(oldAnswered);
            case FAULT -> !alike && !Boolean.FALSE.equals(oldAnswered);
        };
    }

    /** The first loss that the image is to blame for. */
    Optional<Loss> blamed() {
        return losses.stream().filter(loss -> blames(loss.ailment())).findFirst();
    }

    /** An ailment that has nothing to do with the image. */
    static boolean saysNothing(Ailment ailment) {
        return ailment.evidence() == Evidence.NONE || ailment.evidence() == Evidence.HASTE;
    }

    /** A load balancer gave an instance no time to start, as it would the next one. */
    boolean tellsOfHaste() {
        return losses.stream().anyMatch(loss -> loss.ailment().evidence() == Evidence.HASTE);
    }

    /** Why nothing is blamed although an application failed, and what to do; empty otherwise. */
    String inconclusive(Ailment ailment) {
        if (saysNothing(ailment) || blames(ailment)) {
            return "";
        }
        return failsAlike()
                ? Suspicion.TOLD
                : "; inconclusive, nobody saw an old instance answer there, so its image is not marked bad: look whether"
                        + " security groups let the load balancer in, or give checks";
    }

    /** The causes of the losses, equal ones once. */
    String causes() {
        Map<String, List<String>> byCause = new LinkedHashMap<>();
        losses.forEach(loss -> byCause.computeIfAbsent(loss.ailment().text(), key -> new ArrayList<>())
                .add(loss.instance().value()));
        String told = byCause.entrySet().stream()
                .limit(TOLD)
                .map(cause -> String.join(", ", cause.getValue()) + ": " + cause.getKey())
                .collect(Collectors.joining("; "));
        return byCause.size() > TOLD ? told + "; ..." : told;
    }

    /**
     * What was lost meanwhile, as the end of a sentence: instances that did not stay, and proven ones; empty for none.
     *
     * @param kind what these are called
     */
    String lostMeanwhile(String kind) {
        String unproven = losses.isEmpty()
                ? ""
                : "; " + Tick.count(losses.size(), kind + " instance") + " did not stay: " + causes();
        int count = departed.stream().mapToInt(Departed::count).sum();
        String proven = departed.stream()
                .sorted(Comparator.comparingInt(Departed::count).reversed())
                .limit(TOLD)
                .map(Departed::cause)
                .collect(Collectors.joining("; "));
        return unproven
                + (count == 0
                        ? ""
                        : "; " + Tick.count(count, "healthy " + kind + " instance") + " went again: " + proven);
    }

    /** EC2 took instances back that cost less for that. */
    boolean tellsOfSpot() {
        return Stream.concat(
                        losses.stream().map(loss -> loss.ailment().text()),
                        departed.stream().map(Departed::cause))
                .anyMatch(text -> text.contains(SPOT));
    }
}
