package io.jenkins.plugins.amirefresh.simulator.ec2.network;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Nodes;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Tagged;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Tags;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A security group.
 *
 * @param rules in the order they were authorised
 */
public record SecurityGroup(String id, String name, String description, Vpc vpc, Tags tags, List<Rule> rules)
        implements Tagged {

    SecurityGroup(String id, String name, String description, Vpc vpc, Tags tags) {
        this(id, name, description, vpc, tags, new ArrayList<>());
    }

    /** Lets everybody reach these TCP ports. */
    public void admit(String ruleId, int fromPort, int toPort) {
        rules.add(new Rule(ruleId, false, "tcp", fromPort, toPort, Nodes.of("CidrIp", "0.0.0.0/0"), "IpRanges"));
    }

    /**
     * Whether a request gets through to a TCP port. Who sends it is in every block of addresses that a rule names, and in
     * these security groups.
     */
    public boolean admits(int port, Collection<String> senders) {
        return rules.stream()
                .filter(rule -> !rule.egress() && rule.covers(port))
                .anyMatch(rule -> !rule.peerKind().equals("UserIdGroupPairs") || senders.contains(rule.peerKey()));
    }

    /** Whether it is the one that a VPC has by itself. */
    public boolean isOwnOf(String vpcId) {
        return vpc.id().equals(vpcId) && name.equals("default");
    }

    /** Whether it is a VPC's own group that nobody has let anything in with. */
    public boolean isUntouched() {
        return name.equals("default") && rules.stream().allMatch(Rule::egress);
    }

    @Override
    public String resourceType() {
        return "security-group";
    }

    /**
     * One rule: one protocol and port range for one peer.
     *
     * @param peer a CIDR block, a prefix list or a group, as the member that it came in
     */
    record Rule(
            String id, boolean egress, String protocol, int fromPort, int toPort, ObjectNode peer, String peerKind) {

        /** What a new group lets out until somebody revokes it. Source: EC2 API Reference, CreateSecurityGroup. */
        static Rule everythingOut(String groupId) {
            return new Rule(
                    groupId.replace("sg-", "sgr-"), true, "-1", -1, -1, Nodes.of("CidrIp", "0.0.0.0/0"), "IpRanges");
        }

        /** Of a group of which nobody says what it admits. */
        static Rule everythingIn(String groupId) {
            return new Rule(
                    groupId.replace("sg-", "sgr-1"), false, "-1", -1, -1, Nodes.of("CidrIp", "0.0.0.0/0"), "IpRanges");
        }

        private boolean covers(int port) {
            return switch (protocol) {
                case "-1" -> true;
                case "tcp", "6" -> fromPort <= port && port <= toPort;
                default -> false;
            };
        }

        boolean same(Rule other) {
            return egress == other.egress
                    && protocol.equals(other.protocol)
                    && fromPort == other.fromPort
                    && toPort == other.toPort
                    && peerKind.equals(other.peerKind)
                    && peerKey().equals(other.peerKey());
        }

        String peerKey() {
            for (String member : List.of("CidrIp", "CidrIpv6", "PrefixListId", "GroupId", "GroupName")) {
                if (peer.hasNonNull(member)) {
                    return peer.get(member).asText();
                }
            }
            return "";
        }
    }
}
