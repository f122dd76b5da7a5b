package io.jenkins.plugins.amirefresh.refresh;

import io.jenkins.plugins.amirefresh.model.InstanceObservation;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Others made the group smaller while we were at work: AWS chose who went, and kept replacements that did not serve yet.
 *
 * @param from desired capacity before, without our surge where they took more than that
 * @param to what they made of it
 * @param surge how much of {@code from} was ours
 * @param least the fewest that served while AWS ended those that were too many
 * @param at when so few served first
 * @param open AWS still ends some
 * @param before an earlier one that left at most as many, null without
 */
public record ScaleIn(int from, int to, int surge, int least, Instant at, boolean open, @Nullable ScaleIn before) {

    /** The state after this look, before it is accounted who set desired capacity: what AWS confirmed of ours is settled. */
    static RefreshState look(Tick tick) {
        RefreshState state = tick.state();
        OthersMove others = state.others();
        ScaleIn known = others == null ? null : others.scaleIn();
        ScaleIn next = state.desired() > tick.desired() ? lowered(tick, known) : goingOn(tick, known);
        return next == null || next.equals(known) ? state : state.with(OthersMove.shrinking(others, next));
    }

    private static ScaleIn lowered(Tick tick, @Nullable ScaleIn known) {
        int desired = tick.state().desired();
        int surge = tick.state().temporary().surge();
        boolean takesMore = tick.desired() < desired - surge;
        int from = takesMore ? desired - surge : desired;
        if (known != null && known.from == from && known.to == tick.desired()) {
            return known.seen(tick);
        }
        return new ScaleIn(
                from,
                tick.desired(),
                takesMore ? 0 : surge,
                tick.health().serving(),
                tick.group().at(),
                isEnding(tick),
                known == null ? null : known.worst());
    }

    private static @Nullable ScaleIn goingOn(Tick tick, @Nullable ScaleIn known) {
        return known == null || !known.open ? known : known.seen(tick);
    }

    private static boolean isEnding(Tick tick) {
        return InstanceObservation.units(tick.health().staying()) > tick.desired();
    }

    private ScaleIn seen(Tick tick) {
        int serving = tick.health().serving();
        boolean isFewer = serving < least;
        return new ScaleIn(
                from,
                to,
                surge,
                isFewer ? serving : least,
                isFewer ? tick.group().at() : at,
                isEnding(tick),
                before);
    }

    private ScaleIn worst() {
        return before == null || least < before.least ? new ScaleIn(from, to, surge, least, at, false, null) : before;
    }

    /** That too few served when others made the group smaller, one line for people; empty when they were enough. */
    public static String told(RefreshState state, int floor) {
        OthersMove others = state.others();
        return others == null || others.scaleIn() == null
                ? ""
                : others.scaleIn().text(floor);
    }

    /** Enough are as many as the floor, and somebody where instances are wanted. */
    private String text(int floor) {
        ScaleIn worst = worst();
        boolean isNobody = worst.least == 0 && worst.to > 0;
        if (worst.least >= floor && !isNobody) {
            return "";
        }
        return "serving fell to " + worst.least + (worst.least < floor ? " of at least " + floor : "") + " at "
                + worst.at.truncatedTo(ChronoUnit.SECONDS) + ", when others moved desired capacity from " + worst.from
                + (worst.surge == 0 ? "" : ", " + worst.surge + " of it launched first to replace others,") + " to "
                + worst.to;
    }
}
