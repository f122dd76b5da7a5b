package io.jenkins.plugins.amirefresh.simulator.autoscaling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.account.AccountFile;
import io.jenkins.plugins.amirefresh.simulator.account.AccountFileException;
import io.jenkins.plugins.amirefresh.simulator.account.DeclaredGroup;
import io.jenkins.plugins.amirefresh.simulator.account.DeclaredLaunchConfiguration;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Fields;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Group;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.LaunchConfigurations;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Member;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.scaling.Convergence;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.scaling.Ground;
import io.jenkins.plugins.amirefresh.simulator.elb.ElasticLoadBalancing;
import io.jenkins.plugins.amirefresh.simulator.kernel.AccountRegion;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import java.time.Instant;

/** Brings the groups of an account file to life, as they stand after a quiet week. */
final class Seeds {

    private final Ground ground;
    private final GroupOperations groups;
    private final ConfigurationOperations configurations;
    private final Convergence convergence;
    private final ElasticLoadBalancing balancing;

    Seeds(
            Ground ground,
            GroupOperations groups,
            ConfigurationOperations configurations,
            Convergence convergence,
            ElasticLoadBalancing balancing) {
        this.configurations = configurations;
        this.ground = ground;
        this.groups = groups;
        this.convergence = convergence;
        this.balancing = balancing;
    }

    void plant(AccountFile file) {
        file.accounts().forEach(account -> account.regions().forEach(region -> {
            AccountRegion at = new AccountRegion(account.id(), region.name());
            groups.limit(at, region.quotas().autoScalingGroups());
            region.launchConfigurations().forEach(declared -> configurations.create(at, configuration(at, declared)));
            region.autoScalingGroups().forEach(declared -> plant(file, at, declared));
        }));
    }

    private void plant(AccountFile file, AccountRegion at, DeclaredGroup declared) {
        try {
            plant(at, declared);
        } catch (AwsError refusal) {
            throw new AccountFileException(
                    file.source(),
                    declared.line(),
                    "AWS would refuse the Auto Scaling group '" + declared.name() + "': " + refusal.getMessage());
        }
    }

    private void plant(AccountRegion at, DeclaredGroup declared) {
        Group group = groups.make(at, request(at, declared));
        group.bear(declared.load());
        declared.suspendedProcesses().forEach(name -> group.suspended().put(name, "Suspended in the account file"));
        Instant launched = ground.now().minus(declared.instancesAge());
        Integer version = declared.instancesVersion();
        if (version != null) {
            ObjectNode older = Fields.object();
            older.putObject("LaunchTemplate")
                    .put("LaunchTemplateName", declared.launchTemplate())
                    .put("Version", version.toString());
            group.setRefreshConfiguration(older);
        }
        int planted = 0;
        while (group.capacity() < declared.desired()) {
            Member member = convergence.settle(group, launched);
            member.setProtectedFromScaleIn(
                    planted < declared.protectedInstances() || declared.newInstancesProtectedFromScaleIn());
            planted++;
        }
        group.setRefreshConfiguration(null);
        convergence.sample(group);
    }

    private ObjectNode configuration(AccountRegion at, DeclaredLaunchConfiguration declared) {
        ObjectNode request = Fields.object().put(LaunchConfigurations.NAME, declared.name());
        request.put("ImageId", ground.fleet().imageNamed(at, declared.image()).orElse(declared.image()));
        request.put("InstanceType", declared.instanceType());
        if (!declared.securityGroups().isEmpty()) {
            request.set("SecurityGroups", Fields.texts(ground.fleet().securityGroups(at, declared.securityGroups())));
        }
        if (declared.request() instanceof ObjectNode members) {
            request.setAll(members.deepCopy());
        }
        return request;
    }

    private ObjectNode request(AccountRegion at, DeclaredGroup declared) {
        ObjectNode request = Fields.object();
        request.put("AutoScalingGroupName", declared.name());
        if (declared.launchConfiguration() == null) {
            request.putObject("LaunchTemplate")
                    .put("LaunchTemplateName", declared.launchTemplate())
                    .put("Version", declared.version());
        } else {
            request.put(LaunchConfigurations.NAME, declared.launchConfiguration());
        }
        request.put("MinSize", declared.min()).put("MaxSize", declared.max());
        request.put("DesiredCapacity", declared.desired());
        request.put("VPCZoneIdentifier", String.join(",", ground.fleet().subnets(at, declared.subnets())));
        ArrayNode arns = request.putArray("TargetGroupARNs");
        declared.targetGroups()
                .forEach(name -> balancing.targetGroupArn(at, name).ifPresent(arns::add));
        request.set("LoadBalancerNames", Fields.texts(declared.loadBalancers()));
        request.put("HealthCheckType", declared.healthCheckType());
        request.put("HealthCheckGracePeriod", declared.healthCheckGracePeriod().toSeconds());
        request.put("DefaultCooldown", declared.defaultCooldown().toSeconds());
        if (declared.defaultInstanceWarmup() != null) {
            request.put(
                    "DefaultInstanceWarmup", declared.defaultInstanceWarmup().toSeconds());
        }
        request.put("NewInstancesProtectedFromScaleIn", declared.newInstancesProtectedFromScaleIn());
        request.set("TerminationPolicies", Fields.texts(declared.terminationPolicies()));
        ArrayNode tags = request.putArray("Tags");
        declared.tags().forEach((key, value) -> tag(tags, key, value, false));
        declared.propagatedTags().forEach((key, value) -> tag(tags, key, value, true));
        JsonNode further = declared.request();
        if (further instanceof ObjectNode members) {
            request.setAll(members.deepCopy());
            if (members.has("MixedInstancesPolicy")) {
                request.remove("LaunchTemplate");
            }
        }
        return request;
    }

    private static void tag(ArrayNode tags, String key, String value, boolean propagates) {
        tags.addObject().put("Key", key).put("Value", value).put("PropagateAtLaunch", propagates);
    }
}
