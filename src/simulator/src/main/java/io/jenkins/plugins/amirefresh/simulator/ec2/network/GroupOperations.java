package io.jenkins.plugins.amirefresh.simulator.ec2.network;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Errors;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Filters;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Handler;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Input;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Nodes;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Paging;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Place;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Tags;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import io.jenkins.plugins.amirefresh.simulator.kernel.Caller;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** EC2's operations on security groups. */
public final class GroupOperations {

    private static final Paging GROUPS = Paging.usual("DescribeSecurityGroups");
    private static final Map<String, String> PEERS = peers();

    private final Function<Caller, Firewall> firewall;
    private final Filters<SecurityGroup> filters = Filters.<SecurityGroup>byTags(
                    group -> group.tags().asMap())
            .with("group-id", SecurityGroup::id)
            .with("group-name", SecurityGroup::name)
            .with("description", SecurityGroup::description)
            .with("vpc-id", group -> group.vpc().id())
            .withAll("ip-permission.cidr", group -> ingress(group).map(SecurityGroup.Rule::peerKey))
            .withAll("ip-permission.protocol", group -> ingress(group).map(SecurityGroup.Rule::protocol))
            .withAll("ip-permission.from-port", group -> ingress(group).map(rule -> Integer.toString(rule.fromPort())))
            .withAll("ip-permission.to-port", group -> ingress(group).map(rule -> Integer.toString(rule.toPort())));

    /**
     * What the caller works on.
     *
     * @param isInUse whether an instance has a group
     * @param changed told after each change of a group's rules
     */
    public record Firewall(
            Place place, Network network, Predicate<SecurityGroup> isInUse, Consumer<SecurityGroup> changed) {}

    /** For the caller's groups. */
    public GroupOperations(Function<Caller, Firewall> firewall) {
        this.firewall = firewall;
    }

    /** By AWS's names. */
    public Map<String, Handler> operations() {
        return Map.of(
                "CreateSecurityGroup", this::create,
                "DescribeSecurityGroups", this::describe,
                "DeleteSecurityGroup", this::delete,
                "AuthorizeSecurityGroupIngress", (request, caller) -> authorize(request, caller, false),
                "AuthorizeSecurityGroupEgress", (request, caller) -> authorize(request, caller, true),
                "RevokeSecurityGroupIngress", (request, caller) -> revoke(request, caller, false),
                "RevokeSecurityGroupEgress", (request, caller) -> revoke(request, caller, true));
    }

    private static Map<String, String> peers() {
        Map<String, String> peers = new LinkedHashMap<>();
        peers.put("IpRanges", "CidrIp");
        peers.put("Ipv6Ranges", "CidrIpv6");
        peers.put("PrefixListIds", "PrefixListId");
        peers.put("UserIdGroupPairs", "GroupId");
        return peers;
    }

    private static Stream<SecurityGroup.Rule> ingress(SecurityGroup group) {
        return group.rules().stream().filter(rule -> !rule.egress());
    }

    private ObjectNode create(Input request, Caller caller) {
        Firewall mine = firewall.apply(caller);
        Vpc vpc = request.text("VpcId")
                .map(mine.network()::vpc)
                .or(mine.network()::defaultVpc)
                .orElseThrow(() -> AwsError.client("VPCIdNotSpecified", "No default VPC for this user"));
        String name = request.required("GroupName");
        if (name.startsWith("sg-")) {
            throw Errors.invalidValue("Value (" + name
                    + ") for parameter GroupName is invalid. Group names may not be in the format sg-*.");
        }
        boolean taken = mine.network().groups().stream()
                .anyMatch(group -> group.vpc().equals(vpc) && group.name().equals(name));
        if (taken) {
            throw AwsError.client(
                    "InvalidGroup.Duplicate",
                    "The security group '" + name + "' already exists for VPC '" + vpc.id() + "'");
        }
        Tags tags = Tags.specified(request, "security-group");
        SecurityGroup group = mine.network().addGroup(vpc, name, request.required("Description"), tags);
        mine.place().log(group.id(), "security group " + name + " created");
        ObjectNode answer = Nodes.of("GroupId", group.id());
        if (!tags.asMap().isEmpty()) {
            answer.set("Tags", tags.view());
        }
        return answer;
    }

    private SecurityGroup named(Input request, Caller caller) {
        Network network = firewall.apply(caller).network();
        Optional<String> id = request.text("GroupId");
        if (id.isPresent()) {
            return network.group(id.get());
        }
        String name = request.text("GroupName")
                .orElseThrow(() -> AwsError.client(
                        "MissingParameter", "The request must contain the parameter groupName or groupId"));
        Vpc vpc = network.defaultVpc()
                .orElseThrow(() ->
                        AwsError.client("InvalidGroup.NotFound", "The security group '" + name + "' does not exist"));
        return network.groupByName(vpc, name);
    }

    private ObjectNode delete(Input request, Caller caller) {
        Firewall mine = firewall.apply(caller);
        SecurityGroup group = named(request, caller);
        if (group.name().equals("default")) {
            throw AwsError.client(
                    "CannotDelete",
                    "the specified group: \"" + group.id() + "\" name: \"default\" cannot be deleted by a user");
        }
        if (mine.isInUse().test(group)) {
            throw AwsError.client("DependencyViolation", "resource " + group.id() + " has a dependent object");
        }
        mine.network().removeGroup(group);
        mine.place().log(group.id(), "security group deleted");
        return Nodes.returnTrue().put("GroupId", group.id());
    }

    private ObjectNode describe(Input request, Caller caller) {
        Network network = firewall.apply(caller).network();
        List<String> ids = request.texts("GroupIds");
        List<String> names = request.texts("GroupNames");
        Stream<SecurityGroup> asked = ids.isEmpty()
                ? network.groups().stream()
                : ids.stream().distinct().sorted().map(network::group);
        names.stream()
                .filter(name -> network.groups().stream()
                        .noneMatch(group -> group.name().equals(name)))
                .findFirst()
                .ifPresent(name -> {
                    throw AwsError.client("InvalidGroup.NotFound", "The security group '" + name + "' does not exist");
                });
        List<SecurityGroup> found = asked.filter(group -> names.isEmpty() || names.contains(group.name()))
                .filter(filters.of(request))
                .toList();
        return GROUPS.answer(request, "SecurityGroups", found, SecurityGroup::id, group -> view(group, caller));
    }

    private ObjectNode authorize(Input request, Caller caller, boolean egress) {
        SecurityGroup group = named(request, caller);
        Place place = firewall.apply(caller).place();
        List<SecurityGroup.Rule> rules = rules(request, egress, place);
        for (SecurityGroup.Rule rule : rules) {
            if (group.rules().stream().anyMatch(rule::same)) {
                throw AwsError.client(
                        "InvalidPermission.Duplicate",
                        "the specified rule \"peer: " + rule.peerKey() + ", "
                                + rule.protocol().toUpperCase(Locale.ROOT)
                                + ", from port: " + rule.fromPort() + ", to port: " + rule.toPort()
                                + ", ALLOW\" already exists");
            }
        }
        group.rules().addAll(rules);
        rules.forEach(rule -> place.log(
                group.id(),
                "rule added: " + rule.protocol() + " " + rule.fromPort() + "-" + rule.toPort() + " " + rule.peerKey()));
        firewall.apply(caller).changed().accept(group);
        return Nodes.returnTrue().set("SecurityGroupRules", Nodes.array(rules, rule -> ruleView(group, rule, caller)));
    }

    private ObjectNode revoke(Input request, Caller caller, boolean egress) {
        SecurityGroup group = named(request, caller);
        Place place = firewall.apply(caller).place();
        List<String> ids = request.texts("SecurityGroupRuleIds");
        List<SecurityGroup.Rule> unwanted = rules(request, egress, place);
        boolean removed = group.rules()
                .removeIf(rule -> ids.contains(rule.id()) || unwanted.stream().anyMatch(rule::same));
        if (!removed) {
            throw AwsError.client(
                    "InvalidPermission.NotFound", "The specified rule does not exist in this security group.");
        }
        place.log(group.id(), "rules removed");
        firewall.apply(caller).changed().accept(group);
        return Nodes.returnTrue();
    }

    private static List<SecurityGroup.Rule> rules(Input request, boolean egress, Place place) {
        List<Input> permissions = new ArrayList<>(request.structures("IpPermissions"));
        if (request.has("CidrIp")) {
            ObjectNode single = request.node().deepCopy();
            single.set("IpRanges", Nodes.array().add(Nodes.of("CidrIp", request.required("CidrIp"))));
            permissions.add(new Input(single));
        }
        List<SecurityGroup.Rule> rules = new ArrayList<>();
        for (Input permission : permissions) {
            PEERS.keySet().forEach(kind -> permission
                    .structures(kind)
                    .forEach(peer -> rules.add(new SecurityGroup.Rule(
                            place.newId("sgr"),
                            egress,
                            permission.text("IpProtocol", "-1"),
                            port(permission, "FromPort"),
                            port(permission, "ToPort"),
                            peer.node().deepCopy(),
                            kind))));
        }
        return rules;
    }

    /** All protocols mean all ports, whatever was given. */
    private static int port(Input permission, String member) {
        return permission.text("IpProtocol", "-1").equals("-1")
                ? -1
                : permission.number(member).orElse(-1);
    }

    private static ObjectNode ruleView(SecurityGroup group, SecurityGroup.Rule rule, Caller caller) {
        ObjectNode view = Nodes.object()
                .put("SecurityGroupRuleId", rule.id())
                .put("GroupId", group.id())
                .put("GroupOwnerId", caller.accountId())
                .put("IsEgress", rule.egress())
                .put("IpProtocol", rule.protocol())
                // Here, other than in IpPermissions, all ports are -1.
                .put("FromPort", rule.fromPort())
                .put("ToPort", rule.toPort());
        switch (rule.peerKind()) {
            case "IpRanges" -> view.put("CidrIpv4", rule.peerKey());
            case "Ipv6Ranges" -> view.put("CidrIpv6", rule.peerKey());
            case "PrefixListIds" -> view.put("PrefixListId", rule.peerKey());
            default -> view.set("ReferencedGroupInfo", Nodes.of("GroupId", rule.peerKey()));
        }
        return view;
    }

    private static ObjectNode view(SecurityGroup group, Caller caller) {
        ObjectNode view = Nodes.object()
                .put("GroupId", group.id())
                .put("GroupName", group.name())
                .put("Description", group.description())
                .put("OwnerId", caller.accountId())
                .put("VpcId", group.vpc().id());
        view.set("IpPermissions", permissions(group, false));
        view.set("IpPermissionsEgress", permissions(group, true));
        view.set("Tags", group.tags().view());
        return view;
    }

    /** All protocols have no ports. */
    private static ObjectNode ports(SecurityGroup.Rule rule) {
        ObjectNode permission = Nodes.of("IpProtocol", rule.protocol());
        return rule.protocol().equals("-1")
                ? permission
                : permission.put("FromPort", rule.fromPort()).put("ToPort", rule.toPort());
    }

    /** Rules of one protocol and port range are one permission. */
    private static ArrayNode permissions(SecurityGroup group, boolean egress) {
        Map<String, ObjectNode> permissions = new LinkedHashMap<>();
        for (SecurityGroup.Rule rule : group.rules()) {
            if (rule.egress() == egress) {
                ObjectNode permission = permissions.computeIfAbsent(
                        rule.protocol() + ":" + rule.fromPort() + ":" + rule.toPort(), key -> ports(rule));
                permission.withArrayProperty(rule.peerKind()).add(rule.peer());
            }
        }
        return Nodes.array(permissions.values(), permission -> permission);
    }
}
