package io.jenkins.plugins.amirefresh.aws;

import io.jenkins.plugins.amirefresh.cloud.Subnets;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsResponse;

/** Subnets over the AWS SDK. */
final class AwsSubnets implements Subnets {

    // Source: EC2 API reference, DescribeSubnets, MaxResults.
    private static final int PAGE = 1000;

    private final AwsCalls calls;
    private final AwsClients clients;

    AwsSubnets(AwsCalls calls, AwsClients clients) {
        this.calls = calls;
        this.clients = clients;
    }

    @Override
    public List<Subnet> all() {
        return Pages.all(
                        token -> calls.paced("DescribeSubnets", "", () -> clients.ec2()
                                .describeSubnets(
                                        request -> request.maxResults(PAGE).nextToken(token))),
                        DescribeSubnetsResponse::nextToken)
                .stream()
                .flatMap(page -> page.subnets().stream())
                .map(subnet -> new Subnet(
                        Pages.text(subnet.subnetId()),
                        Pages.text(subnet.availabilityZone()),
                        Pages.number(subnet.availableIpAddressCount())))
                .toList();
    }
}
