package io.jenkins.plugins.amirefresh.refresh;

import io.jenkins.plugins.amirefresh.model.InstanceId;
import io.jenkins.plugins.amirefresh.model.InstanceObservation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is held against the image that a group goes back from. Its failure looks the same as that of something that both
 * versions need until the one before was seen since: checks find it on one instance sooner than on another.
 *
 * @param since when the attempt failed
 * @param elders instances of the version gone back to that served at the first look after it; null before that
 * @param beside instances with the image that served at a look since; null in state files of older versions
 */
public record Suspicion(
        Instant since, @Nullable Set<InstanceId> elders, Verdict verdict, @Nullable Set<InstanceId> beside) {

    /** What the version gone back to says. */
    public enum Verdict {
        /** Nothing yet. */
        OPEN(""),
        /** It answers, and instances with the image did so beside it: what comes of those tells. */
        BESIDE(""),
        /** It answers. */
        BAD(""),
        /** It fails alike. */
        SHARED("the old version fails alike, so its image is not marked bad: look at what both share"),
        /** It answers, and so do instances with the image: what kept them from it is over, or is yet to come for these. */
        PASSED("others with its image answered beside the old version until they went, so it is not marked bad and the"
                + " next run takes it: look first at what the failed one lacked");

        private final String told;

        Verdict(String told) {
            this.told = told;
        }

        /** Why nothing is marked, for people; empty while that is not known, or when it is. */
        public String text() {
            return told.isEmpty() ? "" : "inconclusive, " + told;
        }
    }

    /** How the failure of what both share is told, as the end of a sentence. */
    static final String TOLD = "; " + Verdict.SHARED.text();

    /** Copies the sets. */
    public Suspicion {
        elders = elders == null ? null : Set.copyOf(elders);
        beside = beside == null ? Set.of() : Set.copyOf(beside);
    }

    /** At the moment in which the attempt failed. */
    static Suspicion at(Instant now) {
        return new Suspicion(now, null, Verdict.OPEN, null);
    }

    private Suspicion with(Verdict newVerdict) {
        return new Suspicion(since, elders, newVerdict, beside);
    }

    /** The state after this look. */
    static RefreshState look(Tick tick) {
        Suspicion known = tick.state().findings().suspicion();
        return known == null || !known.isOpen()
                ? tick.state()
                : tick.state().with(tick.state().findings().suspecting(known.after(tick)));
    }

    private Suspicion after(Tick tick) {
        GroupHealth health = tick.health();
        List<InstanceObservation> serving =
                health.current().stream().filter(health::serves).toList();
        Set<InstanceId> old = elders == null ? new TreeSet<>(Tick.ids(serving)) : elders;
        Set<InstanceId> seen = new TreeSet<>(beside == null ? Set.of() : beside);
        List<InstanceObservation> alongside =
                health.outdated().stream().filter(health::serves).toList();
        seen.addAll(Tick.ids(alongside));
        Suspicion looked = new Suspicion(since, old, verdict, seen);
        Boolean answers = Alike.answer(tick, instance -> old.contains(instance.id()) || isProven(tick, instance));
        if (serving.isEmpty()) {
            return Boolean.FALSE.equals(answers) ? looked.with(Verdict.SHARED) : looked;
        }
        boolean isAsked =
                !tick.group().at().isBefore(since.plus(health.isBehindBalancer() ? checkTime(tick) : Duration.ZERO));
        boolean wasThere = serving.stream().anyMatch(instance -> old.contains(instance.id()));
        boolean isFound = health.outdated().stream().anyMatch(instance -> isFoundWrong(health, instance))
                || looked.hasFailedBeside(tick);
        boolean isBeside = !alongside.isEmpty();
        if (isAsked && (wasThere || isFound || (!isBeside && verdict == Verdict.OPEN))) {
            return looked.with(Verdict.BAD);
        }
        return isBeside ? looked.with(Verdict.BESIDE) : looked;
    }

    /** One with the image that served since fails now, while the version gone back to serves; AWS may take it out at once. */
    private boolean hasFailedBeside(Tick tick) {
        return beside != null
                && tick.group().instances().stream()
                        .filter(instance -> beside.contains(instance.id())
                                && !tick.state().terminated().contains(instance.id()))
                        .anyMatch(instance -> Alike.isFoundWrong(tick, instance));
    }

    private boolean isOpen() {
        return verdict == Verdict.OPEN || verdict == Verdict.BESIDE;
    }

    private static boolean isFoundWrong(GroupHealth health, InstanceObservation instance) {
        return health.ailment(instance)
                .filter(ailment -> !Findings.saysNothing(ailment))
                .isPresent();
    }

    /** The version gone back to is proven, and so was the image as long as both were there. */
    private static RefreshState over(RefreshState state) {
        Suspicion known = state.findings().suspicion();
        return known == null || !known.isOpen()
                ? state
                : state.with(state.findings().suspecting(known.with(Verdict.PASSED)));
    }

    private static boolean isProven(Tick tick, InstanceObservation instance) {
        Sighting sighting = tick.state().sightings().get(instance.id());
        return sighting != null && sighting.proven();
    }

    private static Duration checkTime(Tick tick) {
        return tick.plan().allowance().checkTime().orElse(Broken.ALONE);
    }

    /** Nobody looks any more, and all that was seen of the version gone back to was a failure. */
    public boolean isContradicted(Findings findings) {
        Findings.Newcomers back = findings.newcomers();
        return back != null
                && !back.proven()
                && back.ailment() != null
                && back.ailment().evidence() != Ailment.Evidence.NONE;
    }

    /** A failure blames nobody while old instances fail alike; one of the way back says the same of them. */
    static Decided weigh(Tick tick, Decided decided) {
        if (decided.decision() instanceof RefreshDecision.Done done
                && tick.plan().wayBack()) {
            return new Decided(over(decided.state()), done);
        }
        if (!(decided.decision() instanceof RefreshDecision.Failed failed) || !failed.blamesVersion()) {
            return decided;
        }
        Findings findings = decided.state().findings();
        if (tick.plan().wayBack()) {
            Suspicion known = findings.suspicion();
            return known == null || !known.isOpen()
                    ? decided
                    : new Decided(decided.state().with(findings.suspecting(known.with(Verdict.SHARED))), failed);
        }
        if (!findings.failsAlike()) {
            return decided;
        }
        String told = failed.reason().contains("inconclusive") ? "" : TOLD;
        return new Decided(
                decided.state(),
                new RefreshDecision.Failed(failed.reason() + told, false, failed.othersDecided(), failed.stay()));
    }
}
