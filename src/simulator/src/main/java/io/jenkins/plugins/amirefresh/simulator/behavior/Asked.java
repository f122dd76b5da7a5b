package io.jenkins.plugins.amirefresh.simulator.behavior;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What load balancers ask of a machine: its programs listen there, and answer what is checked.
 *
 * @param ports where requests and checks go
 * @param checks what checks ask for
 */
public record Asked(Set<Integer> ports, Set<Check> checks) {

    /** No load balancer is in front of it. */
    public static final Asked NOTHING = new Asked(Set.of(), Set.of());

    private static final Set<Integer> WEB = Set.of(80, 443, 8080, 8443);

    public Asked {
        ports = Set.copyOf(ports);
        checks = Set.copyOf(checks);
    }

    /** One load balancer's or target group's. */
    public static Asked of(int port, Check check) {
        Set<Integer> ports = port == check.port() ? Set.of(port) : Set.of(port, check.port());
        return new Asked(ports, Set.of(check));
    }

    /** Requests to a port. */
    public static Asked of(int port) {
        return new Asked(Set.of(port), Set.of());
    }

    /** Both. */
    public Asked and(Asked other) {
        Set<Integer> allPorts = new LinkedHashSet<>(ports);
        allPorts.addAll(other.ports);
        Set<Check> allChecks = new LinkedHashSet<>(checks);
        allChecks.addAll(other.checks);
        return new Asked(allPorts, allChecks);
    }

    /** Where an answer is given whose port nobody declares: where load balancers ask, on the web's usual ports without any. */
    boolean isUsual(int port) {
        return (ports.isEmpty() ? WEB : ports).contains(port);
    }

    /** A health check's question. */
    public record Check(int port, String path) {}
}
