package io.jenkins.plugins.amirefresh.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.sts.StsClient;

/** A role's policy decides what its sessions may do. */
class PermissionsTest {

    private static final String YAML =
            """
            start: "2026-11-22T17:00:00Z"
            seed: 7
            accounts:
              - id: "111111111111"
                accessKeys: [AKIAMAINEXAMPLE00001]
                roles:
                  - name: deploy
                    policy:
                      Version: "2012-10-17"
                      Statement:
                        - {Effect: Allow, Action: ["autoscaling:Describe*", "ec2:Describe*"], Resource: "*"}
                        - Effect: Allow
                          Action: autoscaling:*
                          Resource: "arn:aws:autoscaling:eu-west-1:111111111111:autoScalingGroup:*:autoScalingGroupName/web*"
                          Condition: {StringEquals: {"autoscaling:ResourceTag/Environment": [dev, test]}}
                        - Effect: Allow
                          Action: ["elasticloadbalancing:*"]
                          Resource: "arn:aws:elasticloadbalancing:eu-west-1:111111111111:targetgroup/web/*"
                        - {Effect: Deny, Action: autoscaling:DeleteAutoScalingGroup, Resource: "*"}
                        - Effect: Allow
                          Action: ec2:TerminateInstances
                          Resource: "*"
                          Condition: {StringEquals: {"aws:ResourceTag/Owner": us}}
                regions:
                  - name: eu-west-1
                    images: [{name: web-1}]
                    launchTemplates: [{name: web, versions: [{image: web-1}]}]
                    targetGroups: [{name: web}, {name: shop}]
                    autoScalingGroups:
                      - {name: web, launchTemplate: web, min: 1, desired: 2, max: 4, tags: {Environment: dev}}
                      - {name: web-prod, launchTemplate: web, min: 1, desired: 2, max: 4, tags: {Environment: prod}}
                      - {name: other, launchTemplate: web, min: 1, desired: 2, max: 4, tags: {Environment: dev}}
            """;

    private final SdkAccount account = new SdkAccount(YAML);
    private final StaticCredentialsProvider session = session();
    private final AutoScalingClient autoScaling = AutoScalingClient.builder()
            .region(Region.EU_WEST_1)
            .credentialsProvider(session)
            .httpClient(account.simulator.sdkHttpClient())
            .build();
    private final Ec2Client ec2 = Ec2Client.builder()
            .region(Region.EU_WEST_1)
            .credentialsProvider(session)
            .httpClient(account.simulator.sdkHttpClient())
            .build();

    private StaticCredentialsProvider session() {
        var credentials = account.client(StsClient.builder())
                .assumeRole(
                        r -> r.roleArn("arn:aws:iam::111111111111:role/deploy").roleSessionName("build-7"))
                .credentials();
        return StaticCredentialsProvider.create(AwsSessionCredentials.create(
                credentials.accessKeyId(), credentials.secretAccessKey(), credentials.sessionToken()));
    }

    private void setDesired(String group) {
        autoScaling.setDesiredCapacity(r -> r.autoScalingGroupName(group).desiredCapacity(3));
    }

    @Test
    void whenThePolicyAllowsActionResourceAndTags_thenTheCallPasses() {
        setDesired("web");

        assertThat(account.group().desiredCapacity()).isEqualTo(3);
    }

    @Test
    void whenItDoesNot_thenTheRefusalNamesActionAndArn() {
        assertThatThrownBy(() -> setDesired("web-prod")).isInstanceOfSatisfying(AutoScalingException.class, refusal -> {
            assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("AccessDenied");
            assertThat(refusal.statusCode()).isEqualTo(403);
            assertThat(refusal.awsErrorDetails().errorMessage())
                    .startsWith("User: arn:aws:sts::111111111111:assumed-role/deploy/build-7 is not authorized"
                            + " to perform: autoscaling:SetDesiredCapacity on resource: arn:aws:autoscaling:"
                            + "eu-west-1:111111111111:autoScalingGroup:")
                    .endsWith("autoScalingGroupName/web-prod because no identity-based policy allows the"
                            + " autoscaling:SetDesiredCapacity action");
        });
        assertThatThrownBy(() -> setDesired("other")).hasMessageContaining("not authorized");
    }

    @Test
    void whenItDeniesExplicitly_thenNoAllowHelps() {
        assertThatThrownBy(() -> autoScaling.deleteAutoScalingGroup(
                        r -> r.autoScalingGroupName("web").forceDelete(true)))
                .hasMessageContaining("with an explicit deny in an identity-based policy");
    }

    @Test
    void whenEc2Refuses_thenItSaysSoInItsOwnWords() {
        // given
        String id = account.group().instances().get(0).instanceId();

        // when / then
        assertThatThrownBy(() -> ec2.terminateInstances(r -> r.instanceIds(id).dryRun(true)))
                .isInstanceOfSatisfying(Ec2Exception.class, refusal -> assertThat(
                                refusal.awsErrorDetails().errorCode())
                        .isEqualTo("UnauthorizedOperation"));
        account.ec2.createTags(
                r -> r.resources(id).tags(Tag.builder().key("Owner").value("us").build()));
        assertThatThrownBy(() -> ec2.terminateInstances(r -> r.instanceIds(id).dryRun(true)))
                .isInstanceOfSatisfying(Ec2Exception.class, refusal -> assertThat(
                                refusal.awsErrorDetails().errorCode())
                        .isEqualTo("DryRunOperation"));
    }

    @Test
    void whenATargetGroupIsNamed_thenThePolicyDecidesOnThatOne() {
        // given
        var mine = account.client(ElasticLoadBalancingV2Client.builder());
        String web = mine.describeTargetGroups(r -> r.names("web"))
                .targetGroups()
                .get(0)
                .targetGroupArn();
        String shop = mine.describeTargetGroups(r -> r.names("shop"))
                .targetGroups()
                .get(0)
                .targetGroupArn();
        var theirs = ElasticLoadBalancingV2Client.builder()
                .region(Region.EU_WEST_1)
                .credentialsProvider(session)
                .httpClient(account.simulator.sdkHttpClient())
                .build();

        // when
        theirs.modifyTargetGroup(r -> r.targetGroupArn(web).healthCheckPath("/new"));

        // then
        assertThatThrownBy(() ->
                        theirs.modifyTargetGroup(r -> r.targetGroupArn(shop).healthCheckPath("/new")))
                .hasMessageContaining("elasticloadbalancing:ModifyTargetGroup on resource: " + shop);
        assertThatThrownBy(theirs::describeTargetGroups)
                .hasMessageContaining("elasticloadbalancing:DescribeTargetGroups on resource: *");
    }

    @Test
    void whenAUserCalls_thenNothingIsRefused() {
        account.autoScaling.deleteAutoScalingGroup(
                r -> r.autoScalingGroupName("other").forceDelete(true));

        assertThat(ec2.describeInstances().reservations()).isNotEmpty();
    }
}
