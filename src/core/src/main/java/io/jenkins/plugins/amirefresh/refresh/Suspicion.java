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
 * @param there instances of the version gone back to at the first look, serving or not: others are fresh; null before that,
 *     and in state files of older versions
 * @param late how late the failed one was; null when it failed otherwise, and in state files of older versions
 */
public record Suspicion(
        Instant since,
        @Nullable Set<InstanceId> elders,
        Verdict verdict,
        @Nullable Set<InstanceId> beside,
        @Nullable Set<InstanceId> there,
        @Nullable Lateness late) {

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
        /** A fresh instance of it takes as long. */
        LATE("the old version was late as well, so its image is not marked bad: look what both wait for, or raise"
                + " instanceTimeLimit"),
        /** Nobody answered on the image in time, and nothing fresh of the old version was there to take less. */
        UNCOMPARED("it may only start slowly, nothing fresh of the old version was launched to compare, so its image is"
                + " not marked bad: look whether it starts at all, or raise instanceTimeLimit"),
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
        there = there == null ? null : Set.copyOf(there);
    }

    /**
     * The state of a group whose attempt failed now: the image that it goes back from is to blame, as far as was seen.
     *
     * @param late how late the failed instance was; null when it failed otherwise
     */
    public static RefreshState begun(RefreshState state, Instant now, @Nullable Lateness late) {
        return state.with(state.findings().suspecting(new Suspicion(now, null, Verdict.OPEN, null, null, late)));
    }

    /** The state in which nothing is held against the image any more. */
    public static RefreshState ended(RefreshState state) {
        return state.with(state.findings().suspecting(null));
    }

    private Suspicion with(Verdict newVerdict) {
        return new Suspicion(since, elders, newVerdict, beside, there, late);
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
        Set<InstanceId> first = there == null ? new TreeSet<>(Tick.ids(health.current())) : there;
        Suspicion looked = new Suspicion(since, old, verdict, seen, first, late);
        Boolean answers = Alike.answer(tick, instance -> old.contains(instance.id()) || isProven(tick, instance));
        if (serving.isEmpty() && Boolean.FALSE.equals(answers)) {
            return looked.with(Verdict.SHARED);
        }
        if (late != null) {
            return looked.compared(tick, late, !alongside.isEmpty());
        }
        if (serving.isEmpty()) {
            return looked;
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

    /** What was late is compared with what was launched since of the version gone back to: the first that tells decides. */
    private Suspicion compared(Tick tick, Lateness lateness, boolean isBeside) {
        GroupHealth health = tick.health();
        for (InstanceObservation instance : health.current()) {
            boolean isFresh = there != null && !there.contains(instance.id());
            if (isFresh && lateness.isReached(tick, instance)) {
                return with(Verdict.LATE);
            }
            if (isFresh && health.serves(instance)) {
                return with(Verdict.BAD);
            }
        }
        return isBeside ? with(Verdict.BESIDE) : this;
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
                : state.with(state.findings().suspecting(known.with(known.atLast())));
    }

    /** What holds once nobody looks any more, and nothing was seen that decides. */
    private Verdict atLast() {
        boolean isSeen = late == null || (verdict == Verdict.BESIDE && !late.tells());
        return isSeen ? Verdict.PASSED : unlooked(late);
    }

    private static boolean isProven(Tick tick, InstanceObservation instance) {
        Sighting sighting = tick.state().sightings().get(instance.id());
        return sighting != null && sighting.proven();
    }

    private static Duration checkTime(Tick tick) {
        return tick.plan().allowance().checkTime().orElse(Broken.ALONE);
    }

    /**
     * What holds where nobody looks any more at a group that is not back: open where all that was seen of the version gone back
     * to was a failure, which says nothing.
     */
    public Verdict left(Findings findings) {
        Findings.Newcomers back = findings.newcomers();
        boolean isContradicted = back != null
                && !back.proven()
                && back.ailment() != null
                && back.ailment().evidence() != Ailment.Evidence.NONE;
        return isOpen() && !isContradicted ? unlooked(late) : verdict;
    }

    /** What a failure says where nobody looks at all at the version before. */
    public static Verdict unlooked(@Nullable Lateness late) {
        return late == null || late.tells() ? Verdict.BAD : Verdict.UNCOMPARED;
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
        return new Decided(decided.state(), failed.told(failed.reason() + told, false));
    }
}
