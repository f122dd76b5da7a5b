package io.jenkins.plugins.amirefresh.aws;

import io.jenkins.plugins.amirefresh.cloud.TargetGroups;
import io.jenkins.plugins.amirefresh.model.InstanceId;
import io.jenkins.plugins.amirefresh.model.TargetGroupArn;
import io.jenkins.plugins.amirefresh.model.TargetHealth;
import io.jenkins.plugins.amirefresh.model.TargetState;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;

/** Target groups over the AWS SDK. */
final class AwsTargetGroups implements TargetGroups {

    // Source: Elastic Load Balancing API reference, DescribeTargetGroups and DescribeLoadBalancers.
    private static final int PAGE = 20;

    // Source: Elastic Load Balancing API reference, TargetGroupAttribute.
    private static final String DELAY = "deregistration_delay.timeout_seconds";

    private final AwsCalls calls;
    private final AwsClients clients;

    AwsTargetGroups(AwsCalls calls, AwsClients clients) {
        this.calls = calls;
        this.clients = clients;
    }

    @Override
    public Map<InstanceId, TargetState> health(TargetGroupArn targetGroup) {
        Map<InstanceId, TargetState> health = new LinkedHashMap<>();
        for (TargetHealthDescription target : calls.call(
                        "DescribeTargetHealth", targetGroup.value(), () -> clients.loadBalancing()
                                .describeTargetHealth(request -> request.targetGroupArn(targetGroup.value())))
                .targetHealthDescriptions()) {
            // Targets may also be addresses, functions and load balancers.
            if (target.target().id().startsWith("i-")) {
                health.merge(new InstanceId(target.target().id()), state(target), AwsTargetGroups::worse);
            }
        }
        return Map.copyOf(health);
    }

    private static TargetState state(TargetHealthDescription target) {
        var health = target.targetHealth();
        return health == null
                ? TargetState.of(TargetHealth.UNRECOGNISED)
                : new TargetState(
                        TargetHealth.parse(Pages.text(health.stateAsString())),
                        Pages.text(health.reasonAsString()),
                        Pages.text(health.description()));
    }

    // An instance can be registered with several ports: it is healthy when all of them are.
    private static TargetState worse(TargetState one, TargetState other) {
        return one.health() == TargetHealth.HEALTHY ? other : one;
    }

    @Override
    public Duration deregistrationDelay(TargetGroupArn targetGroup) {
        return calls
                .call("DescribeTargetGroupAttributes", targetGroup.value(), () -> clients.loadBalancing()
                        .describeTargetGroupAttributes(request -> request.targetGroupArn(targetGroup.value())))
                .attributes()
                .stream()
                .filter(attribute -> DELAY.equals(attribute.key()))
                .map(attribute -> Duration.ofSeconds(Long.parseLong(attribute.value())))
                .findFirst()
                .orElse(Duration.ZERO);
    }

    @Override
    public Duration checkTime(TargetGroupArn targetGroup) {
        return calls
                .call("DescribeTargetGroups", targetGroup.value(), () -> clients.loadBalancing()
                        .describeTargetGroups(request -> request.targetGroupArns(targetGroup.value())))
                .targetGroups()
                .stream()
                .map(group -> Duration.ofSeconds(Pages.number(group.healthCheckIntervalSeconds()))
                        .multipliedBy(Pages.number(group.unhealthyThresholdCount())))
                .findFirst()
                .orElse(Duration.ZERO);
    }

    @Override
    public List<TargetGroup> describe(Collection<TargetGroupArn> targetGroups) {
        return Pages.of(targetGroups, PAGE).stream()
                .flatMap(page -> described(page).stream())
                .toList();
    }

    private List<TargetGroup> described(List<TargetGroupArn> arns) {
        var found = calls.call("DescribeTargetGroups", arns.size() + " target groups", () -> clients.loadBalancing()
                        .describeTargetGroups(request -> request.targetGroupArns(
                                arns.stream().map(TargetGroupArn::value).toList())))
                .targetGroups();
        Map<String, String> names = dnsNames(found.stream()
                .flatMap(group -> group.loadBalancerArns().stream())
                .toList());
        return found.stream()
                .map(group -> new TargetGroup(
                        new TargetGroupArn(group.targetGroupArn()),
                        Pages.text(group.targetGroupName()),
                        Pages.text(group.protocolAsString()),
                        Pages.number(group.port()),
                        Pages.text(group.healthCheckPath()),
                        group.loadBalancerArns().stream()
                                .filter(names::containsKey)
                                .map(arn -> Pages.text(names.get(arn)))
                                .toList()))
                .toList();
    }

    private Map<String, String> dnsNames(List<String> loadBalancers) {
        return Pages.of(loadBalancers, PAGE).stream()
                .flatMap(page -> calls
                        .call("DescribeLoadBalancers", page.size() + " load balancers", () -> clients.loadBalancing()
                                .describeLoadBalancers(request -> request.loadBalancerArns(page)))
                        .loadBalancers()
                        .stream())
                .collect(Collectors.toMap(
                        LoadBalancer::loadBalancerArn, balancer -> Pages.text(balancer.dnsName()), (a, b) -> b));
    }
}
