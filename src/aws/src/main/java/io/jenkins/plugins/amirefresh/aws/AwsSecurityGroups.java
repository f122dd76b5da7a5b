package io.jenkins.plugins.amirefresh.aws;

import io.jenkins.plugins.amirefresh.cloud.SecurityGroups;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsResponse;

/** Security groups over the AWS SDK. */
final class AwsSecurityGroups implements SecurityGroups {

    // Source: EC2 API reference, DescribeSecurityGroups, MaxResults.
    private static final int PAGE = 1000;

    private final AwsCalls calls;
    private final AwsClients clients;

    AwsSecurityGroups(AwsCalls calls, AwsClients clients) {
        this.calls = calls;
        this.clients = clients;
    }

    @Override
    public List<SecurityGroup> all() {
        return Pages.all(
                        token -> calls.paced("DescribeSecurityGroups", "", () -> clients.ec2()
                                .describeSecurityGroups(
                                        request -> request.maxResults(PAGE).nextToken(token))),
                        DescribeSecurityGroupsResponse::nextToken)
                .stream()
                .flatMap(page -> page.securityGroups().stream())
                .map(group -> new SecurityGroup(Pages.text(group.groupId()), Pages.text(group.groupName())))
                .toList();
    }
}
