package io.jenkins.plugins.amirefresh.step.recycle;

import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.events.RecycleTags;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.StepState;
import io.jenkins.plugins.amirefresh.step.fleet.Fleet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Groups that wait for windows which open later: nothing is read of them while nobody's moment has come, beside one look an
 * hour at what they are, without their instances. Whoever changed meanwhile, by a tag or by being deleted, is looked at whole.
 */
final class QuietWait {

    /** How long a change of a tag may go unseen. */
    static final Duration LOOK_AGAIN = Duration.ofHours(1);

    private final StepHost host;
    private final WindowGate gate;
    private final Instant now;

    QuietWait(StepHost host, WindowGate gate) {
        this.host = host;
        this.gate = gate;
        this.now = host.clock().instant();
    }

    /** The state after this tick when all go on waiting; null when they have to be looked at whole. */
    @Nullable
    StepState after(StepState state, List<Candidate> waiting, Holds holds) {
        if (waiting.stream()
                .anyMatch(one -> isDue(one)
                        || Halfway.isDue(state, one, now)
                        || holds.on(one).isPresent())) {
            return null;
        }
        Instant last = RecycleState.lookedAt(state);
        if (last != null && !last.isAfter(now) && now.isBefore(last.plus(LOOK_AGAIN))) {
            return state;
        }
        Fleet outlines =
                Fleet.readOutlines(host, waiting.stream().map(Candidate::place).toList());
        return waiting.stream().allMatch(one -> isAsItWas(outlines, one)) ? RecycleState.lookedAt(state, now) : null;
    }

    private boolean isDue(Candidate candidate) {
        Instant lookAt = candidate.lookAt();
        return candidate.keptBy() != null || lookAt == null || !lookAt.isAfter(now);
    }

    private boolean isAsItWas(Fleet outlines, Candidate candidate) {
        boolean isSilent = outlines.problem(candidate.place())
                .filter(CloudException::isTransient)
                .isPresent();
        return isSilent
                || outlines.group(candidate.group())
                        .map(located -> goesOnWaiting(located.group(), candidate))
                        .orElse(false);
    }

    private boolean goesOnWaiting(GroupObservation outline, Candidate candidate) {
        RecycleTags tags = RecycleTags.of(outline.tags(), host.settings().tagNames());
        WindowGate.Answer answer = gate.ask(outline, candidate, now);
        return !outline.deleting()
                && tags.problem().isEmpty()
                && !tags.isOptedOut()
                && !tags.isDryRun()
                && answer.outcome() == null
                && !answer.isOpen()
                && WindowGate.line(host, outline, answer).equals(candidate.line());
    }
}
