package io.jenkins.plugins.amirefresh.simulator.kernel;

/**
 * What all services of one simulator share. Every service keeps its own state by {@link AccountRegion}.
 *
 * @param time the only clock; what takes time in AWS is scheduled on it
 * @param ids the only source of identifiers and of chance
 * @param events where each service notes what really changed
 * @param credentials the keys that STS issues and the fronts look up
 */
public record World(SimulatedTime time, Ids ids, EventLog events, Credentials credentials) {}
