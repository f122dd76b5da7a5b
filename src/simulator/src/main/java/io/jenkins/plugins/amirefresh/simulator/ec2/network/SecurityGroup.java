package io.jenkins.plugins.amirefresh.simulator.ec2.network;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Nodes;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Tagged;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Tags;
import java.util.ArrayList;
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
