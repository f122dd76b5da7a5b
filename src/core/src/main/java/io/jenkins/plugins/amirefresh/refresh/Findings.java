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
 */
public record Findings(List<Loss> losses, @Nullable Boolean oldAnswered, @Nullable Instant launchesSince) {

    static final Findings NONE = new Findings(List.of(), null, null);

    /** Causes that a row has room for. */
    private static final int TOLD = 3;

    /** Copies the list. */
    public Findings {
        losses = List.copyOf(losses);
    }

    Findings and(Collection<Loss> more) {
        List<Loss> all = new ArrayList<>(losses);
        all.addAll(more);
        return new Findings(all, oldAnswered, launchesSince);
    }

    Findings withOldAnswered(@Nullable Boolean answered) {
        return new Findings(losses, answered, launchesSince);
    }

    Findings launchingSince(Instant now) {
        return new Findings(losses, oldAnswered, now);
    }

    /** On the way back the version that came before is looked at: it is compared with nothing. */
    static Findings ofNextAttempt() {
        return new Findings(List.of(), true, null);
    }

    /** An ailment that the image is to blame for, as far as was seen. */
    boolean blames(Ailment ailment) {
        return switch (ailment.evidence()) {
            case NONE -> false;
            case SILENCE -> Boolean.TRUE.equals(oldAnswered);
            case FAULT -> !Boolean.FALSE.equals(oldAnswered);
        };
    }

    /** The first loss that the image is to blame for. */
    Optional<Loss> blamed() {
        return losses.stream().filter(loss -> blames(loss.ailment())).findFirst();
    }

    /** Why nothing is blamed although an application failed, and what to do; empty otherwise. */
    String inconclusive(Ailment ailment) {
        if (ailment.evidence() == Evidence.NONE || blames(ailment)) {
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
