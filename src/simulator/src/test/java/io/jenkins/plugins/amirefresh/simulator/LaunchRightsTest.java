package io.jenkins.plugins.amirefresh.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.LaunchTemplateSpecification;
import software.amazon.awssdk.services.sts.StsClient;

/** Whoever gives a group a launch template needs the rights to launch from it. */
class LaunchRightsTest {

    private static final String YAML =
            """
            start: "2026-11-22T17:00:00Z"
            seed: 7
            accounts:
              - id: "111111111111"
                accessKeys: [AKIAMAINEXAMPLE00001]
                roles:
                  - name: sizes
                    policy: {Statement: [{Effect: Allow, Action: "autoscaling:*", Resource: "*"}]}
                  - name: launches
                    policy: {Statement: [{Effect: Allow, Action: ["autoscaling:*", "ec2:RunInstances"], Resource: "*"}]}
                  - name: tags
                    policy: {Statement: [{Effect: Allow, Action: ["autoscaling:*", "ec2:RunInstances", "ec2:CreateTags"], Resource: "*"}]}
                  - name: passes
                    policy:
                      Statement:
                        - {Effect: Allow, Action: ["autoscaling:*", "ec2:RunInstances"], Resource: "*"}
                        - Effect: Allow
                          Action: iam:PassRole
                          Resource: "arn:aws:iam::*:role/web"
                          Condition: {StringEquals: {"iam:PassedToService": ec2.amazonaws.com}}
                regions:
                  - name: eu-west-1
                    images: [{name: web-1}]
                    launchTemplates:
                      - {name: web, versions: [{image: web-1}]}
                      - {name: tagged, versions: [{image: web-1, instanceTags: {Service: web}}]}
                      - {name: profiled, versions: [{image: web-1, request: {IamInstanceProfile: {Name: web}}}]}
                    autoScalingGroups:
                      - {name: web, launchTemplate: web, min: 1, desired: 2, max: 4}
            """;

    private final SdkAccount account = new SdkAccount(YAML);

    @ParameterizedTest
    @CsvSource({
        "sizes, web, false",
        "launches, web, true",
        "launches, tagged, false",
        "tags, tagged, true",
        "tags, profiled, false",
        "passes, profiled, true"
    })
    void whenAGroupIsGivenATemplate_thenTheCallerMayLaunchFromItHimself(
            String role, String template, boolean mayLaunch) {
        AutoScalingClient caller = as(role);
        var wanted = LaunchTemplateSpecification.builder()
                .launchTemplateName(template)
                .version("1")
                .build();

        Throwable updated = catchThrowable(() ->
                caller.updateAutoScalingGroup(r -> r.autoScalingGroupName("web").launchTemplate(wanted)));
        Throwable started = catchThrowable(() -> caller.startInstanceRefresh(
                r -> r.autoScalingGroupName("web").desiredConfiguration(d -> d.launchTemplate(wanted))));

        if (mayLaunch) {
            assertThat(updated).isNull();
            assertThat(started).isNull();
        } else {
            assertThat(updated).hasMessageContaining("You are not authorized to use launch template: lt-");
            assertThat(started).hasMessageContaining("You are not authorized to use launch template: lt-");
        }
    }

    private AutoScalingClient as(String role) {
        var credentials = account.client(StsClient.builder())
                .assumeRole(
                        r -> r.roleArn("arn:aws:iam::111111111111:role/" + role).roleSessionName("build-7"))
                .credentials();
        return AutoScalingClient.builder()
                .region(Region.EU_WEST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsSessionCredentials.create(
                        credentials.accessKeyId(), credentials.secretAccessKey(), credentials.sessionToken())))
                .httpClient(account.simulator.sdkHttpClient())
                .build();
    }
}
