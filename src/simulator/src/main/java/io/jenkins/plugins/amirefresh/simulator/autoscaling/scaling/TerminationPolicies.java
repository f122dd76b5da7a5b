package io.jenkins.plugins.amirefresh.simulator.autoscaling.scaling;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Fields;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Group;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Member;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.TemplateVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * Which instance scale-in takes. Zones come first, then the group's policies in their order; what is still equal is
 * decided by age, where AWS chooses at random. Source: EC2 Auto Scaling User Guide, "Configure termination policies".
 */
public final class TerminationPolicies {

    /** AWS's names. Source: API Reference, "DescribeTerminationPolicyTypes". */
    public static final List<String> NAMES = List.of(
            "AllocationStrategy",
            "ClosestToNextInstanceHour",
            "Default",
            "NewestInstance",
            "OldestInstance",
            "OldestLaunchConfiguration",
            "OldestLaunchTemplate");

    private static final long HOUR = Duration.ofHours(1).toSeconds();

    private TerminationPolicies() {}

    /** The one to take among the unprotected that count, empty when all are protected. */
    static Optional<Member> select(Group group, Collection<Member> candidates, Instant now) {
        List<Member> unprotected = candidates.stream()
                .filter(member -> !member.isProtectedFromScaleIn())
                .toList();
        List<Member> left = Zones.inFullestZone(group, unprotected);
        List<String> policies = Fields.list(group.settings(), "TerminationPolicies");
        for (String policy : policies.isEmpty() ? List.of("Default") : policies) {
            left = apply(policy, group, left, now);
        }
        return left.stream().min(Comparator.comparing(Member::launched).thenComparing(Member::id));
    }

    private static List<Member> apply(String policy, Group group, List<Member> left, Instant now) {
        return switch (policy) {
            case "OldestInstance" -> lowest(left, member -> member.launched().getEpochSecond());
            case "NewestInstance" -> lowest(left, member -> -member.launched().getEpochSecond());
            case "OldestLaunchTemplate" -> lowest(left, member -> age(group, member));
            case "ClosestToNextInstanceHour" -> closestToNextHour(left, now);
            case "Default" -> closestToNextHour(lowest(left, member -> age(group, member)), now);
            default -> left;
        };
    }

    /** Those on another template come before those on old versions of the group's; without a template first of all. */
    private static long age(Group group, Member member) {
        Optional<TemplateVersion> template = member.machine().template();
        if (template.isEmpty()) {
            return -1;
        }
        return isOf(group, template.get()) ? template.get().number() : 0;
    }

    private static boolean isOf(Group group, TemplateVersion template) {
        JsonNode configuration = group.configuration();
        JsonNode spec = configuration.has("LaunchTemplate")
                ? configuration.path("LaunchTemplate")
                : configuration
                        .path("MixedInstancesPolicy")
                        .path("LaunchTemplate")
                        .path("LaunchTemplateSpecification");
        return spec.path("LaunchTemplateId").asText().equals(template.id())
                || spec.path("LaunchTemplateName").asText().equals(template.name());
    }

    private static List<Member> closestToNextHour(List<Member> left, Instant now) {
        return lowest(
                left, member -> HOUR - Duration.between(member.launched(), now).toSeconds() % HOUR);
    }

    private static List<Member> lowest(List<Member> members, ToLongFunction<Member> value) {
        long lowest = members.stream().mapToLong(value).min().orElse(0);
        return members.stream()
                .filter(member -> value.applyAsLong(member) == lowest)
                .toList();
    }
}
