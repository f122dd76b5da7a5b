package io.jenkins.plugins.amirefresh.step.smoketest;

import io.jenkins.plugins.amirefresh.cloud.Alarms;
import io.jenkins.plugins.amirefresh.cloud.AmiUses;
import io.jenkins.plugins.amirefresh.cloud.Amis;
import io.jenkins.plugins.amirefresh.cloud.AutoScalingGroups;
import io.jenkins.plugins.amirefresh.cloud.BootInstances;
import io.jenkins.plugins.amirefresh.cloud.CapacityReservations;
import io.jenkins.plugins.amirefresh.cloud.ClassicLoadBalancers;
import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.cloud.Commands;
import io.jenkins.plugins.amirefresh.cloud.ContainerImages;
import io.jenkins.plugins.amirefresh.cloud.ContainerServices;
import io.jenkins.plugins.amirefresh.cloud.InstancePower;
import io.jenkins.plugins.amirefresh.cloud.InstanceProfiles;
import io.jenkins.plugins.amirefresh.cloud.InstanceRefreshes;
import io.jenkins.plugins.amirefresh.cloud.Instances;
import io.jenkins.plugins.amirefresh.cloud.KeyPairs;
import io.jenkins.plugins.amirefresh.cloud.LaunchTemplates;
import io.jenkins.plugins.amirefresh.cloud.Metrics;
import io.jenkins.plugins.amirefresh.cloud.OwnAmis;
import io.jenkins.plugins.amirefresh.cloud.ParameterStore;
import io.jenkins.plugins.amirefresh.cloud.Queues;
import io.jenkins.plugins.amirefresh.cloud.SecurityGroups;
import io.jenkins.plugins.amirefresh.cloud.Snapshots;
import io.jenkins.plugins.amirefresh.cloud.Subnets;
import io.jenkins.plugins.amirefresh.cloud.TargetGroups;
import io.jenkins.plugins.amirefresh.cloud.TemporaryResources;
import io.jenkins.plugins.amirefresh.model.AccountId;
import io.jenkins.plugins.amirefresh.model.Ami;
import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.model.AwsRegion;
import io.jenkins.plugins.amirefresh.model.Capacity;
import io.jenkins.plugins.amirefresh.model.CapacityReservationSpecification;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.HealthStatus;
import io.jenkins.plugins.amirefresh.model.InstanceId;
import io.jenkins.plugins.amirefresh.model.InstanceMaintenancePolicy;
import io.jenkins.plugins.amirefresh.model.InstanceObservation;
import io.jenkins.plugins.amirefresh.model.LaunchSource;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateId;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateName;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.model.LifecycleState;
import io.jenkins.plugins.amirefresh.model.TargetGroupArn;
import io.jenkins.plugins.amirefresh.model.TargetHealth;
import io.jenkins.plugins.amirefresh.model.TargetState;
import io.jenkins.plugins.amirefresh.model.VersionReference;
import io.jenkins.plugins.amirefresh.step.fakes.RecordingGroups;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** An account with the group {@code web}: two instances on version 4, behind a target group or not. */
final class OneGroup implements Cloud, TargetGroups {

    final List<String> changed = new ArrayList<>();

    static final GroupKey WEB = GroupKey.parse("111111111111/eu-west-1/web");
    static final LaunchTemplateId TEMPLATE = new LaunchTemplateId("lt-0123456789abcdef0");
    static final AmiId NEW_AMI = new AmiId("ami-0123456789abcdef4");

    private static final TargetGroupArn TARGETS =
            new TargetGroupArn("arn:aws:elasticloadbalancing:eu-west-1:111111111111:targetgroup/web/0123456789abcdef");

    final Map<AmiId, Map<String, String>> tagged = new HashMap<>();
    boolean hasTargetGroup = true;
    TargetHealth health = TargetHealth.HEALTHY;
    int instances = 2;

    static InstanceId instance(int index) {
        return new InstanceId("i-0123456789abcde0" + index);
    }

    static LaunchTemplateVersion version(long number) {
        return new LaunchTemplateVersion(number);
    }

    GroupObservation group(Instant at) {
        return new GroupObservation(
                WEB,
                at,
                new Capacity(1, instances, 4),
                new LaunchSource.Template(
                        TEMPLATE, new LaunchTemplateName("web-template"), VersionReference.of(version(4))),
                IntStream.range(0, instances).mapToObj(OneGroup::inService).toList(),
                Map.of("Environment", "prod"),
                Set.of(),
                false,
                false,
                Duration.ZERO,
                Duration.ZERO,
                hasTargetGroup ? List.of(TARGETS) : List.of(),
                List.of(),
                List.of("eu-west-1a"),
                List.of("subnet-1"),
                InstanceMaintenancePolicy.NONE,
                false,
                false,
                false,
                CapacityReservationSpecification.UNSET,
                Map.of());
    }

    private static InstanceObservation inService(int index) {
        return new InstanceObservation(
                instance(index),
                LifecycleState.IN_SERVICE,
                "InService",
                HealthStatus.HEALTHY,
                "eu-west-1a",
                "t3.micro",
                TEMPLATE,
                version(4),
                false,
                1);
    }

    @Override
    public AccountId account() {
        return WEB.account();
    }

    @Override
    public AwsRegion region() {
        return WEB.region();
    }

    @Override
    public AutoScalingGroups autoScalingGroups() {
        return new RecordingGroups(List.of(), changed::add);
    }

    @Override
    public InstanceRefreshes instanceRefreshes() {
        throw new UnsupportedOperationException("no refresh is read by a test");
    }

    @Override
    public TargetGroups targetGroups() {
        return this;
    }

    @Override
    public Instances instances() {
        return OneGroup::described;
    }

    @Override
    public ClassicLoadBalancers classicLoadBalancers() {
        throw new UnsupportedOperationException();
    }

    @Override
    public InstancePower instancePower() {
        throw new UnsupportedOperationException();
    }

    @Override
    public OwnAmis ownAmis() {
        throw new UnsupportedOperationException();
    }

    @Override
    public AmiUses amiUses() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Snapshots snapshots() {
        throw new UnsupportedOperationException();
    }

    @Override
    public ParameterStore parameterStore() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Subnets subnets() {
        throw new UnsupportedOperationException();
    }

    @Override
    public KeyPairs keyPairs() {
        throw new UnsupportedOperationException();
    }

    @Override
    public SecurityGroups securityGroups() {
        throw new UnsupportedOperationException();
    }

    @Override
    public TemporaryResources temporaryResources() {
        throw new UnsupportedOperationException();
    }

    @Override
    public BootInstances bootInstances() {
        throw new UnsupportedOperationException();
    }

    @Override
    public InstanceProfiles instanceProfiles() {
        throw new UnsupportedOperationException();
    }

    @Override
    public CapacityReservations capacityReservations() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Commands commands() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Alarms alarms() {
        throw new UnsupportedOperationException();
    }

    @Override
    public ContainerServices containerServices() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Queues queues() {
        throw new UnsupportedOperationException();
    }

    @Override
    public ContainerImages containerImages() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Metrics metrics() {
        throw new UnsupportedOperationException();
    }

    private static List<Instances.Instance> described(Collection<InstanceId> ids) {
        return ids.stream()
                .map(id -> new Instances.Instance(
                        id,
                        NEW_AMI,
                        "running",
                        Instant.EPOCH,
                        "10.0.0." + id.value().charAt(id.value().length() - 1),
                        "",
                        "",
                        ""))
                .toList();
    }

    @Override
    public Map<InstanceId, TargetState> health(TargetGroupArn targetGroup) {
        Map<InstanceId, TargetState> answer = new HashMap<>();
        IntStream.range(0, instances).forEach(index -> answer.put(instance(index), TargetState.of(health)));
        return answer;
    }

    @Override
    public Duration checkTime(TargetGroupArn targetGroup) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Duration deregistrationDelay(TargetGroupArn targetGroup) {
        return Duration.ofMinutes(5);
    }

    @Override
    public List<TargetGroup> describe(Collection<TargetGroupArn> targetGroups) {
        return List.of(new TargetGroup(TARGETS, "web", "HTTP", 8080, "/", List.of("web.elb.example")));
    }

    @Override
    public LaunchTemplates launchTemplates() {
        return new OneTemplate();
    }

    @Override
    public Amis amis() {
        return new Amis() {
            @Override
            public List<Ami> describe(Collection<AmiId> ids) {
                return List.of();
            }

            @Override
            public List<Ami> ownedWithTags(Map<String, String> tags) {
                return List.of();
            }

            @Override
            public Optional<Ami> newestNamed(String pattern, List<String> owners) {
                return Optional.empty();
            }

            @Override
            public void putTags(AmiId ami, Map<String, String> tags) {
                tagged.put(ami, tags);
            }

            @Override
            public void removeTags(AmiId ami, java.util.Set<String> names) {
                tagged.remove(ami);
            }
        };
    }
}
