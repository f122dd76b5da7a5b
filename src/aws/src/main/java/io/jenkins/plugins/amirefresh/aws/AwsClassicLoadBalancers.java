package io.jenkins.plugins.amirefresh.aws;

import io.jenkins.plugins.amirefresh.cloud.ClassicLoadBalancers;
import io.jenkins.plugins.amirefresh.model.ClassicHealth;
import io.jenkins.plugins.amirefresh.model.InstanceId;
import java.util.Map;
import java.util.stream.Collectors;

/** Classic load balancers over the AWS SDK. */
final class AwsClassicLoadBalancers implements ClassicLoadBalancers {

    private final AwsCalls calls;
    private final AwsClients clients;

    AwsClassicLoadBalancers(AwsCalls calls, AwsClients clients) {
        this.calls = calls;
        this.clients = clients;
    }

    @Override
    public Map<InstanceId, ClassicHealth> health(String loadBalancer) {
        return calls
                .call("DescribeInstanceHealth", loadBalancer, () -> clients.classicLoadBalancing()
                        .describeInstanceHealth(request -> request.loadBalancerName(loadBalancer)))
                .instanceStates()
                .stream()
                .collect(Collectors.toUnmodifiableMap(
                        state -> new InstanceId(state.instanceId()),
                        state -> ClassicHealth.parse(Pages.text(state.state())),
                        (first, second) -> second));
    }
}
