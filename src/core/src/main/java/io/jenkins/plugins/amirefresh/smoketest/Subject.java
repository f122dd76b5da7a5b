package io.jenkins.plugins.amirefresh.smoketest;

/**
 * Who is asked.
 *
 * @param id an instance id, or a load balancer's DNS name
 * @param address where it is reached, empty for an instance without an address
 */
public record Subject(String id, String address, boolean isInstance) {}
