package io.jenkins.plugins.amirefresh.simulator.behavior;

import io.jenkins.plugins.amirefresh.simulator.account.Behaviour;
import io.jenkins.plugins.amirefresh.simulator.account.Behaviours.InstanceBehaviour;
import io.jenkins.plugins.amirefresh.simulator.account.Wildcard;
import io.jenkins.plugins.amirefresh.simulator.kernel.Addresses.ProbeAnswer;
import java.time.Duration;
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
    private static final int SERVER_ERRORS = 500;

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

    /** EC2's code of why it ends while it is pending, empty when it does not. */
    public Optional<String> failsToLaunch() {
        Behaviour.Breaks breaks = declared.breaks();
        if (breaks == null || !isHow("launch")) {
            return Optional.empty();
        }
        return Optional.of(breaks.reason() == null ? "Client.InternalError" : breaks.reason());
    }

    /** When it stops to take connections, empty when it never does. */
    public Optional<Instant> unreachable() {
        return isHow("connection") ? breaks() : Optional.empty();
    }

    /** When AWS announces that it takes the machine back, if it is a Spot instance; empty when never. */
    public Optional<Instant> interrupted() {
        return isHow("spot-interruption") ? breaks() : Optional.empty();
    }

    /**
     * What a client gets from it now, while it runs and nothing in between holds him up: it listens on the ports, and knows
     * the paths, that somebody declared or that a load balancer's check asks for.
     */
    public ProbeAnswer answer(Instant now, Request request) {
        if (now.isBefore(booted()) || isBroken(now, "silence")) {
            return ProbeAnswer.silence();
        }
        boolean isDeaf = isBroken(now, "connection") || isBroken(now, "terminate");
        if (isDeaf || !listens(request.port(), request.asked())) {
            return ProbeAnswer.refused();
        }
        if (isBroken(now, "http")) {
            return ProbeAnswer.http(503, "Service Unavailable");
        }
        return declaredAnswer(request)
                .map(answer -> ProbeAnswer.http(answer.status(), answer.body()))
                .orElseGet(() -> undeclaredAnswer(request));
    }

    private Optional<Behaviour.HttpAnswer> declaredAnswer(Request request) {
        return declared.http().stream()
                .filter(answer -> isAt(answer, request.port(), request.asked()))
                .filter(answer -> Wildcard.matches(answer.path(), request.path()))
                .findFirst();
    }

    private static boolean isAt(Behaviour.HttpAnswer answer, int port, Asked asked) {
        return answer.port() == 0 ? asked.isUsual(port) : answer.port() == port;
    }

    /** Nobody says what it answers, nobody asks: a web server that is content with every path. */
    private boolean isUndescribed(Asked asked) {
        return declared.http().isEmpty()
                && declared.tcp().isEmpty()
                && asked.ports().isEmpty();
    }

    private ProbeAnswer undeclaredAnswer(Request request) {
        boolean isChecked = isUndescribed(request.asked())
                || request.asked().checks().contains(new Asked.Check(request.port(), request.path()));
        return isChecked ? ProbeAnswer.http(200, "") : ProbeAnswer.http(404, "Not Found");
    }

    /** Whether one of its programs listens there, once it has booted. */
    public boolean listens(int port, Asked asked) {
        Behaviour.Ssh ssh = declared.ssh();
        return asked.ports().contains(port)
                || (isUndescribed(asked) && asked.isUsual(port))
                || declared.tcp().contains(port)
                || declared.http().stream().anyMatch(answer -> isAt(answer, port, asked))
                || (ssh != null && ssh.port() == port);
    }

    /** Whether its application does its work now: it has booted, is not broken, and has no answer that is a server error. */
    public boolean works(Instant now) {
        boolean isDown = now.isBefore(booted())
                || isBroken(now, "silence")
                || isBroken(now, "connection")
                || isBroken(now, "terminate")
                || isBroken(now, "http");
        return !isDown && declared.http().stream().noneMatch(answer -> answer.status() >= SERVER_ERRORS);
    }

    /** Whether EC2's status checks find it well, once they are past initializing. */
    public boolean passesStatusChecks(Instant now) {
        return declared.statusChecksPass() && !isBroken(now, STATUS_CHECKS);
    }

    /** The next moment at which its answers change, empty when they stay. */
    public Optional<Instant> nextChange(Instant now) {
        return Stream.concat(Stream.of(booted()), breakOrRecovery(now).stream())
                .filter(moment -> moment.isAfter(now))
                .min(Instant::compareTo);
    }

    private Optional<Instant> breakOrRecovery(Instant now) {
        Behaviour.Breaks breaks = declared.breaks();
        Instant first = breaks().orElse(now);
        if (breaks == null || breaks.recovers() == null || now.isBefore(first)) {
            return breaks();
        }
        Duration since = sinceLastBreak(breaks, breaks.recovers(), first, now);
        Duration until = since.compareTo(breaks.recovers()) < 0
                ? breaks.recovers().minus(since)
                : breaks.recovers().plus(breaks.after()).minus(since);
        return Optional.of(now.plus(until));
    }

    private static Duration sinceLastBreak(Behaviour.Breaks breaks, Duration recovers, Instant first, Instant now) {
        long period = recovers.plus(breaks.after()).toMillis();
        return Duration.ofMillis(Duration.between(first, now).toMillis() % period);
    }

    private boolean isBroken(Instant now, String how) {
        Behaviour.Breaks breaks = declared.breaks();
        Instant first = breaks().orElse(Instant.MAX);
        if (breaks == null || !isHow(how) || now.isBefore(first)) {
            return false;
        }
        return breaks.recovers() == null
                || sinceLastBreak(breaks, breaks.recovers(), first, now).compareTo(breaks.recovers()) < 0;
    }

    private boolean isHow(String how) {
        Behaviour.Breaks breaks = declared.breaks();
        return breaks != null && breaks.how().equals(how);
    }
}
