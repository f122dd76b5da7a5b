package io.jenkins.plugins.amirefresh.refresh;

import io.jenkins.plugins.amirefresh.refresh.Ailment.Evidence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt found out that an image may be blamed with, or may not.
 *
 * @param losses new instances that did not stay, oldest first
 * @param oldAnswered whether old instances were seen to answer their load balancers; null while none was looked at
 * @param launchesSince since when the group launches what the attempt wants; a launch that failed before says nothing
 * @param movedSince since when it launches something else again, which others set; null while it does not
 */
public record Findings(
        List<Loss> losses,
        @Nullable Boolean oldAnswered,
        @Nullable Instant launchesSince,
        @Nullable Instant movedSince) {

    static final Findings NONE = new Findings(List.of(), null, null, null);

    /** Causes that a row has room for. */
    private static final int TOLD = 3;

    /** Copies the list. */
    public Findings {
        losses = List.copyOf(losses);
    }

    Findings and(Collection<Loss> more) {
        List<Loss> all = new ArrayList<>(losses);
        all.addAll(more);
        return new Findings(all, oldAnswered, launchesSince, movedSince);
    }

    Findings withOldAnswered(@Nullable Boolean answered) {
        return new Findings(losses, answered, launchesSince, movedSince);
    }

    /** From now on it launches what is wanted; null when it shall launch something else for a while. */
    Findings launchingSince(@Nullable Instant now) {
        return new Findings(losses, oldAnswered, now, null);
    }

    Findings movedSince(@Nullable Instant at) {
        return new Findings(losses, oldAnswered, launchesSince, at);
    }

    /** On the way back the version that came before is looked at: it is compared with nothing. */
    static Findings ofNextAttempt() {
        return new Findings(List.of(), true, null, null);
    }

    /** An ailment that the image is to blame for, as far as was seen. */
    boolean blames(Ailment ailment) {
        return switch (ailment.evidence()) {
            case NONE, HASTE -> false;
            case SILENCE -> Boolean.TRUE.equals(oldAnswered);
            case FAULT -> !Boolean.FALSE.equals(oldAnswered);
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
        return Boolean.FALSE.equals(oldAnswered)
                ? "; inconclusive, the old version fails alike, so its image is not marked bad: look at what both share"
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
}
