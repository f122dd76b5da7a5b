package io.jenkins.plugins.amirefresh.simulator.elb;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.kernel.AccountRegion;
import java.util.Map;
import java.util.TreeMap;

/** A load balancer with its listeners. */
final class LoadBalancer {

    private final AccountRegion at;
    private final String arn;
    private final String name;
    private final ObjectNode described;
    private final Map<String, ObjectNode> listeners = new TreeMap<>();
    private final Map<String, String> attributes = new TreeMap<>();
    private final Map<String, String> tags = new TreeMap<>();
    private final Map<String, Map<String, String>> listenerTags = new TreeMap<>();
    private int turn;

    /** @param described members of {@code LoadBalancer} */
    LoadBalancer(AccountRegion at, String arn, String name, ObjectNode described) {
        this.at = at;
        this.arn = arn;
        this.name = name;
        this.described = described;
        attributes.put("deletion_protection.enabled", "false");
        attributes.put("idle_timeout.timeout_seconds", "60");
    }

    AccountRegion at() {
        return at;
    }

    String arn() {
        return arn;
    }

    String name() {
        return name;
    }

    ObjectNode described() {
        return described;
    }

    String dnsName() {
        return described.path("DNSName").asText();
    }

    /** Members of {@code Listener}, by ARN. */
    Map<String, ObjectNode> listeners() {
        return listeners;
    }

    Map<String, String> attributes() {
        return attributes;
    }

    Map<String, String> tags() {
        return tags;
    }

    /** The tags of one of its listeners. */
    Map<String, String> tagsOfListener(String listenerArn) {
        return listenerTags.computeIfAbsent(listenerArn, unused -> new TreeMap<>());
    }

    void become(String state) {
        described.putObject("State").put("Code", state);
    }

    /** Whose turn it is among {@code count}. */
    int nextOf(int count) {
        turn = (turn + 1) % count;
        return turn;
    }
}
