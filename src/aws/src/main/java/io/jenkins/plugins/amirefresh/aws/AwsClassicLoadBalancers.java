package io.jenkins.plugins.amirefresh.aws;

import io.jenkins.plugins.amirefresh.cloud.ClassicLoadBalancers;
import io.jenkins.plugins.amirefresh.model.ClassicHealth;
import io.jenkins.plugins.amirefresh.model.ClassicState;
import io.jenkins.plugins.amirefresh.model.InstanceId;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.elasticloadbalancing.model.ConnectionDraining;

/** Classic load balancers over the AWS SDK. */
final class AwsClassicLoadBalancers implements ClassicLoadBalancers {

    private final AwsCalls calls;
    private final AwsClients clients;

    AwsClassicLoadBalancers(AwsCalls calls, AwsClients clients) {
        this.calls = calls;
        this.clients = clients;
    }

    @Override
    public Map<InstanceId, ClassicState> health(String loadBalancer) {
        return calls
                .call("DescribeInstanceHealth", loadBalancer, () -> clients.classicLoadBalancing()
                        .describeInstanceHealth(request -> request.loadBalancerName(loadBalancer)))
                .instanceStates()
                .stream()
                .collect(Collectors.toUnmodifiableMap(
                        state -> new InstanceId(state.instanceId()),
                        state -> new ClassicState(
                                ClassicHealth.parse(Pages.text(state.state())),
                                Pages.text(state.reasonCode()),
                                Pages.text(state.description())),
                        (first, second) -> second));
    }

    @Override
    public Duration drainTime(String loadBalancer) {
        ConnectionDraining draining = calls.call(
                        "DescribeLoadBalancerAttributes", loadBalancer, () -> clients.classicLoadBalancing()
                                .describeLoadBalancerAttributes(request -> request.loadBalancerName(loadBalancer)))
                .loadBalancerAttributes()
                .connectionDraining();
        return draining == null || !Boolean.TRUE.equals(draining.enabled())
                ? Duration.ZERO
                : Duration.ofSeconds(Pages.number(draining.timeout()));
    }

    @Override
    public Duration checkTime(String loadBalancer) {
        return calls
                .call("DescribeLoadBalancers", loadBalancer, () -> clients.classicLoadBalancing()
                        .describeLoadBalancers(request -> request.loadBalancerNames(loadBalancer)))
                .loadBalancerDescriptions()
                .stream()
                .map(balancer -> balancer.healthCheck())
                .filter(Objects::nonNull)
                .map(check -> Duration.ofSeconds(Pages.number(check.interval()))
                        .multipliedBy(Pages.number(check.unhealthyThreshold())))
                .findFirst()
                .orElse(Duration.ZERO);
    }
}
