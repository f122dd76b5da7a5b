package io.jenkins.plugins.amirefresh.simulator;

import io.jenkins.plugins.amirefresh.simulator.account.AccountReader;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.InstanceRefresh;
import software.amazon.awssdk.services.ec2.Ec2Client;

/** An account with one group of two instances, and AWS's own clients of it. */
final class SdkAccount {

    static final String WEB =
            """
            start: "2026-11-22T17:00:00Z"
            seed: 7
            accounts:
              - id: "111111111111"
                accessKeys: [AKIAMAINEXAMPLE00001]
                regions:
                  - name: eu-west-1
                    images: [{name: web-1}, {name: web-2}]
                    launchTemplates:
                      - name: web
                        versions:
                          - {image: web-1, instanceType: t3.micro}
                          - {image: web-2, instanceType: t3.micro}
                    autoScalingGroups:
                      - {name: web, launchTemplate: web, version: "1", min: 1, desired: 2, max: 4}
            """;

    final Simulator simulator;
    final AutoScalingClient autoScaling;
    final Ec2Client ec2;

    SdkAccount(String yaml) {
        simulator = Simulator.of(new AccountReader().read("test", yaml));
        autoScaling = client(AutoScalingClient.builder());
        ec2 = client(Ec2Client.builder());
    }

    /** A client in eu-west-1 that does not try twice. */
    <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(B builder) {
        return client(builder, "AKIAMAINEXAMPLE00001");
    }

    <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(B builder, String accessKey) {
        return builder.region(Region.EU_WEST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, "secret")))
                .httpClient(simulator.sdkHttpClient())
                .overrideConfiguration(c -> c.retryStrategy(r -> r.maxAttempts(1)))
                .build();
    }

    void pass(Duration duration) {
        simulator.advanceTo(simulator.now().plus(duration));
    }

    AutoScalingGroup group() {
        return autoScaling
                .describeAutoScalingGroups(r -> r.autoScalingGroupNames("web"))
                .autoScalingGroups()
                .get(0);
    }

    InstanceRefresh refresh() {
        return autoScaling
                .describeInstanceRefreshes(r -> r.autoScalingGroupName("web"))
                .instanceRefreshes()
                .get(0);
    }
}
