package io.jenkins.plugins.amirefresh.step.recycle;

import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.StepState;
import io.jenkins.plugins.amirefresh.step.fleet.Fleet;
import io.jenkins.plugins.amirefresh.step.fleet.FleetWork;
import io.jenkins.plugins.amirefresh.step.fleet.GroupWork;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Groups whose turn came while their window was open and which could not make their first change in it, since another run had
 * them: they do not start after it.
 */
final class Latecomers {

    private final StepHost host;
    private final WindowGate gate;
    private final FleetWork work;

    Latecomers(StepHost host, RecycleSettings settings, FleetWork work) {
        this.host = host;
        this.gate = new WindowGate(host, settings);
        this.work = work;
    }

    /** The state in which each of them has its row. */
    StepState leave(StepState state) {
        List<GroupWork> idle = FleetWork.works(state).stream()
                .filter(one -> !one.isEnded() && one.result() == null && one.isBeforeItsFirstChange())
                .filter(one -> Canaries.row(host, one.group()).isEmpty())
                .toList();
        if (idle.isEmpty()) {
            return state;
        }
        Fleet fleet =
                Fleet.readWhatAnswers(host, idle.stream().map(GroupWork::place).toList());
        StepState left = state;
        for (GroupWork one : idle) {
            Optional<Candidate> candidate = RecycleState.candidate(state, one.group());
            Optional<GroupObservation> group = fleet.group(one.group()).map(located -> located.group());
            if (candidate.isPresent() && group.isPresent()) {
                left = leave(left, one, candidate.get(), group.get());
            }
        }
        return left;
    }

    private StepState leave(StepState state, GroupWork late, Candidate candidate, GroupObservation group) {
        Instant now = host.clock().instant();
        WindowGate.Answer answer = gate.ask(group, candidate.kept(late.line(), late.line(), now), now);
        if (answer.isOpen()) {
            return state;
        }
        GroupOutcome outcome = answer.outcome() == GroupOutcome.REFUSED ? GroupOutcome.REFUSED : GroupOutcome.MISSED;
        String reason = answer.outcome() == null
                ? "its window closed before it could start: " + late.line() + "; " + answer.reason()
                : answer.reason();
        return work.leave(state, late, outcome, reason, host);
    }
}
