package io.jenkins.plugins.amirefresh.step.powercycle;

import io.jenkins.plugins.amirefresh.model.Capacity;
import io.jenkins.plugins.amirefresh.model.Place;
import io.jenkins.plugins.amirefresh.powercycle.PowerMove;
import io.jenkins.plugins.amirefresh.powercycle.PowerOutcome;
import io.jenkins.plugins.amirefresh.powercycle.PowerTarget.Kind;
import io.jenkins.plugins.amirefresh.powercycle.SleepTag;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One resource that is started, stopped or resized, as the step's state keeps it.
 *
 * @param schedule the value of its tag
 * @param outcome what its row says when it is done; what it says once it has ended
 * @param reason why it is done; once it has ended, what came of it
 * @param instanceType that an instance gets before it starts, empty for none
 * @param formerType that it had, and gets back when it cannot start with the other
 * @param tag what a group says of itself; null for an instance and a group that has no tag
 * @param to the capacity a group gets; null for an instance
 * @param raisesMax the capacity it gets has a greater maximum than it has
 * @param size when the size that it takes was to be taken; null for none
 * @param until when its schedule changes its mind next: after that nothing is begun
 * @param needs keys of the items that have to be done before
 * @param since when it came to this stage
 */
record PowerItem(
        Place place,
        String account,
        Kind kind,
        String id,
        String label,
        String environment,
        String schedule,
        PowerMove move,
        PowerOutcome outcome,
        String reason,
        boolean hibernates,
        String instanceType,
        String formerType,
        @Nullable SleepTag tag,
        @Nullable Capacity to,
        boolean raisesMax,
        @Nullable Instant size,
        Instant until,
        List<String> needs,
        Stage stage,
        Instant since) {

    /** How the keys of items in the state begin. */
    static final String PREFIX = "power:";

    /** Copies the list. */
    PowerItem {
        needs = List.copyOf(needs);
    }

    /** How far it is. */
    enum Stage {
        /** It waits for what it needs. */
        WAITING,
        /** It is being told to stop: the call may have been made. */
        STOPPING,
        /** It was told to. */
        GOING_DOWN,
        /** It is being given another type. */
        CHANGING,
        /** It is being told to start, or a group is being given its sizes. */
        STARTING,
        /** It was told to. */
        COMING_UP,
        /** A group did not get the instances that it wants: its tag is to say so, for the runs to come. */
        FALLING_SHORT,
        /** There is nothing more to do. */
        ENDED
    }

    String key() {
        return key(account, place, id);
    }

    static String key(String account, Place place, String id) {
        return PREFIX + account + "/" + place.region() + "/" + id;
    }

    boolean isEnded() {
        return stage == Stage.ENDED;
    }

    boolean isGroup() {
        return kind == Kind.GROUP;
    }

    /** Left as it is now it would be neither as before nor as wanted: between two calls, or stopped only to be resized. */
    boolean isHalfway() {
        return switch (stage) {
            case STOPPING, CHANGING, STARTING, FALLING_SHORT -> true;
            case GOING_DOWN -> move != PowerMove.STOP;
            case WAITING, COMING_UP, ENDED -> false;
        };
    }

    /** It came to what it was to become. */
    boolean isDone() {
        return isEnded()
                && switch (outcome) {
                    case STARTED, STOPPED, HIBERNATED, RESIZED, UNCHANGED -> true;
                    case PLANNED, KEPT, EXCLUDED, SKIPPED, HELD, REFUSED, FAILED -> false;
                };
    }

    PowerItem at(Stage next, Instant now) {
        return with(outcome, reason, next, now);
    }

    PowerItem ended(Instant now) {
        return with(outcome, reason, Stage.ENDED, now);
    }

    PowerItem ended(PowerOutcome end, String why, Instant now) {
        return with(end, why, Stage.ENDED, now);
    }

    /** Goes on, but comes to another end in the end. */
    PowerItem butEnding(PowerOutcome end, String why) {
        return with(end, why, stage, since);
    }

    private PowerItem with(PowerOutcome newOutcome, String newReason, Stage newStage, Instant now) {
        return new PowerItem(
                place,
                account,
                kind,
                id,
                label,
                environment,
                schedule,
                move,
                newOutcome,
                newReason,
                hibernates,
                instanceType,
                formerType,
                tag,
                to,
                raisesMax,
                size,
                until,
                needs,
                newStage,
                now);
    }

    /** The same with sizes that others gave it since it was planned. */
    PowerItem sized(@Nullable SleepTag newTag, Capacity newTo) {
        return new PowerItem(
                place,
                account,
                kind,
                id,
                label,
                environment,
                schedule,
                move,
                outcome,
                reason,
                hibernates,
                instanceType,
                formerType,
                newTag,
                newTo,
                raisesMax,
                size,
                until,
                needs,
                stage,
                since);
    }

    /** The same with the type that it had. */
    PowerItem asBefore() {
        return new PowerItem(
                place,
                account,
                kind,
                id,
                label,
                environment,
                schedule,
                move,
                outcome,
                reason,
                hibernates,
                formerType,
                "",
                tag,
                to,
                raisesMax,
                size,
                until,
                needs,
                stage,
                since);
    }
}
