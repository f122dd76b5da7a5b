package io.jenkins.plugins.amirefresh.simulator.account;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An EC2 instance of no Auto Scaling group.
 *
 * @param name its tag Name, unless {@code tags} has another
 * @param image name of a declared image of the region, or an AMI id
 * @param zone for example {@code eu-west-1a}; null: the first that has a subnet
 * @param state {@code running}, as when not said, or {@code stopped}
 * @param age since when it is so
 * @param hibernation it was launched so that it can hibernate
 * @param request further members of RunInstances under AWS's names; null when there are none
 */
public record DeclaredInstance(
        int line,
        String name,
        String image,
        String instanceType,
        @Nullable String zone,
        String state,
        Duration age,
        boolean hibernation,
        Map<String, String> tags,
        @Nullable JsonNode request) {

    private static final Duration A_WEEK = Duration.ofDays(7);

    public DeclaredInstance {
        instanceType = Lists.or(instanceType, "t3.micro");
        state = Lists.or(state, "running");
        age = Lists.or(age, A_WEEK);
        tags = Lists.orEmpty(tags);
    }
}
