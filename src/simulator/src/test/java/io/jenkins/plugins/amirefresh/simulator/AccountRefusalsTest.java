package io.jenkins.plugins.amirefresh.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.amirefresh.simulator.account.AccountFileException;
import io.jenkins.plugins.amirefresh.simulator.account.AccountReader;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Slips of the pen in an account file: refused at the start, or told at the end, with file, line and cure. */
class AccountRefusalsTest {

    private static final String RIGHT =
            """
            accounts:
              - id: 111111111111
                roles:
                  - name: deploy
                    policy: {Statement: [{Effect: Allow, Action: "ec2:*", Resource: "*"}]}
                regions:
                  - name: eu-west-1
                    images: [{name: base}]
                    targetGroups: [{name: front, port: 8080, loadBalancer: front}]
                    launchTemplates:
                      - name: web
                        tags: {Team: shop}
                        versions:
                          - {image: base, request: {KeyName: ops}}
                    autoScalingGroups:
                      - name: web
                        launchTemplate: web
                        min: 1
                        desired: 1
                        max: 1
                        suspendedProcesses: [AZRebalance]
                        terminationPolicies: [Default]
                        tags: {Team: shop}
                        request: {CapacityRebalance: true}
            behaviours:
              - match: {group: web}
                boot: 20s
            happenings:
              - {after: 1h, account: 111111111111, region: eu-west-1, operation: SetDesiredCapacity, input: {AutoScalingGroupName: web, DesiredCapacity: 1}}
            faults:
              - {service: autoscaling, operation: DescribeAutoScalingGroups, count: 1, throttle: true}
            """
                    .replace("request: {KeyName: ops}", "request: {EbsOptimized: true}");

    private static Simulator of(String text) {
        return Simulator.of(new AccountReader().read("a.yaml", text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            # names and lengths
            name: web\\n            tags      | name: t0\\n            tags      | a.yaml:11: /accounts/0/regions/0/launchTemplates/0/name: must be at least 3 characters long
            name: web\\n            tags      | name: my web\\n            tags  | a.yaml:11: /accounts/0/regions/0/launchTemplates/0/name: does not match the regex pattern
            name: web\\n            launch    | name: a:b\\n            launch   | a.yaml:16: /accounts/0/regions/0/autoScalingGroups/0/name: does not match the regex pattern
            name: base                          | name: ab                          | a.yaml:8: /accounts/0/regions/0/images/0/name: must be at least 3 characters long
            name: base                          | name: base#1                      | a.yaml:8: /accounts/0/regions/0/images/0/name: does not match the regex pattern
            name: front, port                   | name: -front, port                | a.yaml:9: /accounts/0/regions/0/targetGroups/0/name: does not match the regex pattern
            loadBalancer: front                 | loadBalancer: internal-front      | a.yaml:9: /accounts/0/regions/0/targetGroups/0/loadBalancer: does not match the regex pattern
            name: deploy                        | name: de/ploy                     | a.yaml:4: /accounts/0/roles/0/name: does not match the regex pattern
            # unknown words
            [AZRebalance]                       | [AZRebalancing]                   | a.yaml:21: 'AZRebalancing' is no value of /accounts/0/regions/0/autoScalingGroups/0/suspendedProcesses/0; did you mean 'AZRebalance'?
            [AZRebalance]                       | [addToLoadbalancer]               | a.yaml:21: 'addToLoadbalancer' is no value of /accounts/0/regions/0/autoScalingGroups/0/suspendedProcesses/0; did you mean 'AddToLoadBalancer'?
            [Default]                           | [Oldest]                          | a.yaml:22: /accounts/0/regions/0/autoScalingGroups/0/terminationPolicies/0: does not match the regex pattern
            boot: 20s                           | boots: 20s                        | a.yaml:27: 'boots' is not a field of /behaviours/0; did you mean 'boot'?
            match: {group: web}                 | match: {groups: web}              | a.yaml:26: 'groups' is not a field of /behaviours/0/match; did you mean 'group'?
            Effect: Allow                       | Effects: Allow                    | a.yaml:5: 'Effects' is not a field of /accounts/0/roles/0/policy/Statement/0; did you mean 'Effect'?
            Effect: Allow                       | Effect: allow                     | a.yaml:5: 'allow' is no value of /accounts/0/roles/0/policy/Statement/0/Effect; did you mean 'Allow'?
            # AWS's own words
            CapacityRebalance: true             | CapacityRebalancing: true         | a.yaml:16: AWS knows no 'CapacityRebalancing'; did you mean 'CapacityRebalance'?
            CapacityRebalance: true             | CapacityRebalance: "on"           | a.yaml:16: 'CapacityRebalance' takes true or false, not "on"
            EbsOptimized: true                  | EbsOptimised: true                | a.yaml:14: AWS knows no 'LaunchTemplateData.EbsOptimised'; did you mean 'EbsOptimized'?
            EbsOptimized: true                  | MetadataOptions: {HttpTokens: on} | a.yaml:14: AWS would refuse it: Value (on) for parameter LaunchTemplateData.MetadataOptions.HttpTokens is invalid
            SetDesiredCapacity                  | SetDesiredCapacities              | a.yaml:29: AWS has no operation 'SetDesiredCapacities' of autoscaling; did you mean 'SetDesiredCapacity'?
            operation: SetDesiredCapacity       | service: autoscalling, operation: SetDesiredCapacity | a.yaml:29: there is no service 'autoscalling'; did you mean 'autoscaling'?
            SetDesiredCapacity, input           | PutNotificationConfiguration, input | a.yaml:29: the simulator does not do PutNotificationConfiguration of autoscaling
            DesiredCapacity: 1                  | Desired: 1                        | a.yaml:29: AWS knows no 'Desired'; did you mean 'DesiredCapacity'?
            ', DesiredCapacity: 1'              | ''                                | a.yaml:29: AWS would refuse it: 1 validation error detected: Value null at 'desiredCapacity'
            operation: DescribeAutoScalingGroups | operation: DescribeGroups         | a.yaml:31: no simulated call is 'DescribeGroups'; did you mean 'DescribeAutoScalingGroups'?
            service: autoscaling                | service: autoscale                | a.yaml:31: there is no service 'autoscale'; did you mean 'autoscaling'?
            """)
    void whenAPartIsWrong_thenTheFirstLineSaysWhereAndWhatWasMeant(String right, String wrong, String message) {
        String text = RIGHT.replace(right.replace("\\n", "\n"), wrong.replace("\\n", "\n"));
        assertThat(text).isNotEqualTo(RIGHT);

        assertThatThrownBy(() -> of(text))
                .isInstanceOf(AccountFileException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void whenAllIsRight_thenTheEndHasNothingToTell() {
        Simulator simulator = of(RIGHT.replaceAll("(?s)faults:.*", ""));

        simulator.advanceTo(simulator.now().plus(Duration.ofHours(2)));

        assertThat(simulator.warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            match: {group: web}   | match: {group: wbe}                    | a.yaml:26: this behaviour met no instance: no Auto Scaling group 'wbe' is declared; did you mean 'web'?
            match: {group: web}   | match: {template: "we*", image: bsae}  | a.yaml:26: this behaviour met no instance: no AMI 'bsae' is declared; did you mean 'base'?
            match: {group: web}   | match: {account: "222222222222"}       | a.yaml:26: this behaviour met no instance: no account '222222222222' is declared; there are: 111111111111
            match: {group: web}   | match: {imageDeclared: false}          | a.yaml:26: this behaviour met no instance
            DesiredCapacity: 1    | DesiredCapacity: 7                     | a.yaml:29: SetDesiredCapacity by colleague was refused: ValidationError: New SetDesiredCapacity value 7 is above max value 1 for the AutoScalingGroup.
            after: 1h             | after: 9h                              | a.yaml:29: SetDesiredCapacity by colleague did not happen: it is due at 2026-01-01T09:00:00Z, now is 2026-01-01T02:00:00Z
            """)
    void whenNothingComesOfAPart_thenTheEndTells(String right, String wrong, String warning) {
        String text = RIGHT.replaceAll("(?s)faults:.*", "").replace(right, wrong);
        Simulator simulator = of(text);

        simulator.advanceTo(simulator.now().plus(Duration.ofHours(2)));

        assertThat(simulator.warnings()).containsExactly(warning);
    }

    @Test
    void whenNoCallMeetsAFault_thenTheEndTells() {
        Simulator simulator = of(RIGHT);

        simulator.advanceTo(simulator.now().plus(Duration.ofHours(2)));

        assertThat(simulator.warnings()).containsExactly("a.yaml:31: this fault met no call");
    }

    @Test
    void whenAwsItselfTagged_thenItsTagsAreThereAndDoNotCount() {
        String tags = "tags: {\"aws:cloudformation:stack-name\": shop, Team: shop}";
        Simulator simulator = of(RIGHT.replace("tags: {Team: shop}", tags));

        assertThat(simulator.state().toString()).contains("aws:cloudformation:stack-name");
        assertThat(simulator.fleet().path("groups").path(0).path("tags").toString())
                .contains("aws:cloudformation:stack-name");
    }
}
