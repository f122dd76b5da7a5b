package io.jenkins.plugins.amirefresh.aws;

import io.jenkins.plugins.amirefresh.cloud.KeyPairs;
import java.util.Set;
import java.util.stream.Collectors;

/** Key pairs over the AWS SDK. */
final class AwsKeyPairs implements KeyPairs {

    private final AwsCalls calls;
    private final AwsClients clients;

    AwsKeyPairs(AwsCalls calls, AwsClients clients) {
        this.calls = calls;
        this.clients = clients;
    }

    // Source: EC2 API reference, DescribeKeyPairs: there are no pages.
    @Override
    public Set<String> names() {
        return calls.paced("DescribeKeyPairs", "", () -> clients.ec2().describeKeyPairs()).keyPairs().stream()
                .map(pair -> Pages.text(pair.keyName()))
                .collect(Collectors.toUnmodifiableSet());
    }
}
