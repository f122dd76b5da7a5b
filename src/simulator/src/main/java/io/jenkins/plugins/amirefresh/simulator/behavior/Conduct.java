package io.jenkins.plugins.amirefresh.simulator.behavior;

import io.jenkins.plugins.amirefresh.simulator.account.Behaviour;
import io.jenkins.plugins.amirefresh.simulator.account.Behaviours.InstanceBehaviour;
import io.jenkins.plugins.amirefresh.simulator.kernel.Addresses.ProbeAnswer;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One machine's declared behaviour laid out in time, from its launch. Says nothing about whether EC2 has stopped or
 * terminated it.
 *
 * @param launched when EC2 was asked for it
 */
public record Conduct(InstanceBehaviour declared, Instant launched) {

    private static final String STATUS_CHECKS = "status-checks";

    /** When its programs start to answer. */
    public Instant booted() {
        return launched.plus(declared.boot());
    }

    /** When it breaks, empty when it never does. */
    public Optional<Instant> breaks() {
        return Optional.ofNullable(declared.breaks()).map(breaks -> booted().plus(breaks.after()));
    }

    /** When it disappears by itself, empty when it never does. */
    public Optional<Instant> disappears() {
        return isHow("terminate") ? breaks() : Optional.empty();
    }

    /** When it stops to take connections, empty when it never does. */
    public Optional<Instant> unreachable() {
        return isHow("connection") ? breaks() : Optional.empty();
    }

    /** When AWS announces that it takes the machine back, if it is a Spot instance; empty when never. */
    public Optional<Instant> interrupted() {
        return isHow("spot-interruption") ? breaks() : Optional.empty();
    }

    /** What a client gets from it now, while it runs. */
    public ProbeAnswer answer(Instant now, int port, String path) {
        if (now.isBefore(booted()) || isBroken(now, "connection") || isBroken(now, "terminate")) {
            return ProbeAnswer.refused();
        }
        if (isBroken(now, "http")) {
            return ProbeAnswer.http(503, "Service Unavailable");
        }
        return declared.answer(port, path)
                .map(answer -> ProbeAnswer.http(answer.status(), answer.body()))
                .orElseGet(() -> ProbeAnswer.http(200, ""));
    }

    /** Whether EC2's status checks find it well, once they are past initializing. */
    public boolean passesStatusChecks(Instant now) {
        return declared.statusChecksPass() && !isBroken(now, STATUS_CHECKS);
    }

    /** The next moment at which its answers change, empty when they stay. */
    public Optional<Instant> nextChange(Instant now) {
        return Stream.concat(Stream.of(booted()), breaks().stream())
                .filter(moment -> moment.isAfter(now))
                .min(Instant::compareTo);
    }

    private boolean isBroken(Instant now, String how) {
        return isHow(how) && breaks().filter(moment -> !now.isBefore(moment)).isPresent();
    }

    private boolean isHow(String how) {
        Behaviour.Breaks breaks = declared.breaks();
        return breaks != null && breaks.how().equals(how);
    }
}
