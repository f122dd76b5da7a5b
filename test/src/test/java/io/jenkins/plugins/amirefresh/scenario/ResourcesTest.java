package io.jenkins.plugins.amirefresh.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a version is launched with beside its image has to be there before the first instance goes for it. */
class ResourcesTest {

    private static final String KEPT =
            "{KeyName: web, SecurityGroupIds: [sg-0aaaaaaaaaaaaaaaa], IamInstanceProfile: {Name: web}}";
    private static final String WANTED =
            "{KeyName: ops, SecurityGroupIds: [sg-0bbbbbbbbbbbbbbbb], IamInstanceProfile: {Name: shop}}";

    private static final String BY_ARN =
            "{IamInstanceProfile: {Arn: \"arn:aws:iam::111111111111:instance-profile/shop\"}}";

    private static final Map<String, String> DELETIONS = Map.of(
            "key pair ops", "ec2 DeleteKeyPair {KeyName: ops}",
            "key pair web", "ec2 DeleteKeyPair {KeyName: web}",
            "security group sg-0bbbbbbbbbbbbbbbb", "ec2 DeleteSecurityGroup {GroupId: sg-0bbbbbbbbbbbbbbbb}",
            "instance profile shop", "iam DeleteInstanceProfile {InstanceProfileName: shop}",
            "instance profile web", "iam DeleteInstanceProfile {InstanceProfileName: web}");

    private static String happens(String when, String call) {
        String[] parts = call.split(" ", 3);
        return "  - {" + when + ", account: \"111111111111\", region: eu-west-1, service: " + parts[0] + ", operation: "
                + parts[1] + ", input: " + parts[2] + "}\n";
    }

    private static Scenario with(String old, String wanted, String more) {
        return Scenario.of(
                "fleet.yaml",
                text -> text.replace("- {image: web-old}", "- {image: web-old, request: " + old + "}")
                                .replace("- {image: web-new}", "- {image: web-new, request: " + wanted + "}")
                        + more);
    }

    private static Scenario without(String gone, String wanted) {
        Scenario scenario =
                with(KEPT, wanted, "happenings:\n" + happens("after: 1s", Objects.requireNonNull(DELETIONS.get(gone))));
        scenario.simulator().advanceTo(scenario.simulator().now().plusSeconds(2));
        return scenario;
    }

    /** The versions differ on purpose. */
    private static void recycles(Scenario scenario, String strategy, String allow) {
        String all = allow.isEmpty() ? "otherSettings" : "otherSettings," + allow;
        scenario.run("recycleAsgs", Map.of("strategy", strategy, "allow", all, "windows", "ignore", "failOn", "none"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"key pair ops", "security group sg-0bbbbbbbbbbbbbbbb", "instance profile shop"})
    void whenSomethingThatTheVersionNamesIsGone_thenItIsRefusedWithTheCure(String gone) {
        // given
        Scenario scenario = without(gone, WANTED);

        // when
        recycles(scenario, "in-out", "");

        // then
        assertThat(scenario.row("web").outcome())
                .as(scenario.row("web").reason())
                .isEqualTo(GroupOutcome.REFUSED);
        assertThat(scenario.row("web").reason())
                .isEqualTo("version 2 is launched with " + gone + ", which does not exist; make it again, or bring the"
                        + " template a version without it (or take it on with allow: 'missingResources')");
        assertThat(scenario.mutating()).isEmpty();
        assertThat(scenario.fleet().group("web").instances()).containsEntry("1 InService Healthy", 3L);
    }

    @Test
    void whenTheProfileIsNamedByItsArn_thenItIsLookedForAsWell() {
        // given
        Scenario scenario = without("instance profile shop", BY_ARN);

        // when
        recycles(scenario, "rolling", "");

        // then
        assertThat(scenario.row("web").reason())
                .startsWith("version 2 is launched with instance profile shop, which does not exist");
    }

    @ParameterizedTest
    @ValueSource(strings = {"key pair web", "instance profile web"})
    void whenSomethingThatTheOldVersionNamesIsGone_thenThereIsNoWayBack(String gone) {
        // given
        Scenario scenario = without(gone, WANTED);

        // when
        recycles(scenario, "rolling", "");

        // then
        assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.REFUSED);
        assertThat(scenario.row("web").reason())
                .startsWith("it could not go back: version 1 is launched with " + gone + ", which does not exist;")
                .endsWith("(or take it on with allow: 'noWayBack')");
        assertThat(scenario.mutating()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"in-out", "rolling"})
    void whenMissingResourcesAreAllowed_thenTheRefreshBeginsFailsAndGoesBack(String strategy) {
        // given
        Scenario scenario = without("key pair ops", WANTED);

        // when
        recycles(scenario, strategy, "missingResources");
        scenario.settle();

        // then
        assertThat(scenario.console())
                .anyMatch(line -> line.contains("web: starting, ")
                        && line.contains("; taken on: version 2 is launched with key pair ops"));
        assertThat(scenario.row("web").outcome())
                .as(scenario.row("web").reason())
                .isEqualTo(GroupOutcome.ROLLED_BACK);
        assertThat(scenario.fleet().group("web").instances()).isEqualTo(Map.of("1 InService Healthy", 3L));
    }

    @Test
    void whenAllIsThere_thenItIsReadInPagesAndTheGroupIsRefreshed() {
        // given
        List<String> operations = new ArrayList<>();
        Scenario scenario = with(KEPT, WANTED, "").watchedBy(new MortalHttpClient.Watcher() {
            @Override
            public void sending(MortalHttpClient.Call call) {
                operations.add(call.operation());
            }
        });

        // when
        recycles(scenario, "rolling", "");

        // then
        assertThat(scenario.row("web").outcome())
                .as(scenario.row("web").reason())
                .isEqualTo(GroupOutcome.REFRESHED);
        assertThat(operations).filteredOn("DescribeKeyPairs"::equals).hasSize(1);
        assertThat(operations).filteredOn("DescribeSecurityGroups"::equals).hasSize(1);
        assertThat(operations).filteredOn("DescribeSubnets"::equals).hasSize(1);
        assertThat(operations).filteredOn("GetInstanceProfile"::equals).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ec2 | DescribeKeyPairs | UnauthorizedOperation | whether its key pair exists is not known: ",
                "ec2 | DescribeSecurityGroups | UnauthorizedOperation | whether its security groups exist is not known: ",
                "ec2 | DescribeSubnets | UnauthorizedOperation | its subnets are not known: ",
                "iam | GetInstanceProfile | AccessDenied | whether its instance profile exists is not known: ",
            })
    void whenTheyMayNotBeRead_thenTheLineSaysSoAndTheGroupIsRefreshed(
            String service, String operation, String code, String line) {
        // given
        Scenario scenario = with(
                KEPT,
                WANTED,
                "faults:\n  - {service: " + service + ", operation: " + operation + ", error: {code: " + code
                        + ", status: 403, message: not for you}}\n");

        // when
        recycles(scenario, "rolling", "");

        // then
        assertThat(scenario.row("web").outcome())
                .as(scenario.row("web").reason())
                .isEqualTo(GroupOutcome.REFRESHED);
        assertThat(scenario.console())
                .filteredOn(console -> console.contains(line) && console.contains("not for you"))
                .hasSize(1);
    }

    /** A network with endpoints of EC2 and none of IAM. */
    @Test
    void whenIamIsOutOfReach_thenTheGroupIsRefreshedAllTheSame() {
        // given
        Scenario scenario =
                with(KEPT, WANTED, "faults:\n  - {service: iam, operation: GetInstanceProfile, drop: before}\n");

        // when
        recycles(scenario, "rolling", "");

        // then
        assertThat(scenario.row("web").outcome())
                .as(scenario.row("web").reason())
                .isEqualTo(GroupOutcome.REFRESHED);
        assertThat(scenario.console())
                .anyMatch(line -> line.contains("whether its instance profile exists is not known: ")
                        && line.contains("no answer from AWS"));
        assertThat(scenario.simulator().calls().stream()
                        .filter(call -> call.operation().equals("GetInstanceProfile")))
                .as("asked once, not for each group and tick")
                .hasSize(1);
    }

    /** What a parameter names at this moment is what is launched. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ami-0000000000000bbbb | ''",
                "ami-0000000000000ffff | version 2 launches resolve:ssm:/web, which names ami-0000000000000ffff, which no longer"
                        + " exists",
                "'' | version 2 launches resolve:ssm:/web, which is no parameter that names an image",
            })
    void whenTheVersionFollowsAParameter_thenItsImageIsJudged(String value, String why) {
        // given
        Scenario scenario =
                Scenario.of("fleet.yaml", text -> text.replace("- {image: web-new}", "- {image: \"resolve:ssm:/web\"}")
                        .replace(
                                "        images:\n",
                                value.isEmpty()
                                        ? "        images:\n"
                                        : "        parameters: {/web: " + value + "}\n        images:\n"));

        // when
        recycles(scenario, "rolling", "");

        // then
        if (why.isEmpty()) {
            assertThat(scenario.row("web").outcome())
                    .as(scenario.row("web").reason())
                    .isEqualTo(GroupOutcome.REFRESHED);
        } else {
            assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.REFUSED);
            assertThat(scenario.row("web").reason()).startsWith(why).endsWith("allow: 'unlaunchableTarget')");
            assertThat(scenario.mutating()).isEmpty();
        }
    }

    /** One override names an AMI, another has a template of its own. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ami-0000000000000a001 | it could not go back: version 1 launches ami-0000000000000a001, which is disabled",
                "ami-0000000000000a002 | it could not go back: version 1 launches ami-0000000000000a002, which is disabled, for an"
                        + " override of it",
                "ami-0000000000000b002 | version 2 launches ami-0000000000000b002, which is disabled",
            })
    void whenAnImageOfAnOverrideIsDisabled_thenItIsRefused(String image, String why) {
        // given
        Scenario scenario = Scenario.of("overrides.yaml");
        scenario.run("updateLaunchTemplates", Map.of("ami", "newest"));
        int calls = scenario.mutating().size();
        new Colleague(scenario).calls("ec2", "DisableImage", input -> input.put("ImageId", image));

        // when
        recycles(scenario, "rolling", "");

        // then
        assertThat(scenario.row("mixed").outcome())
                .as(scenario.row("mixed").reason())
                .isEqualTo(GroupOutcome.REFUSED);
        assertThat(scenario.row("mixed").reason()).startsWith(why);
        assertThat(scenario.mutating()).hasSize(calls);
    }

    /** Only the override launches it: the template's image is another one. */
    @Test
    void whenTheImageThatAnOverrideHadIsDisabled_thenThereIsNoWayBack() {
        // given
        Scenario scenario = Scenario.of("overrides.yaml", text -> text.replace(
                        "          - {name: arm-old,",
                        "          - {name: x86-older, id: ami-0000000000000c001, age: 20d, tags: {\"ami-refresh:family\": web}}\n"
                                + "          - {name: arm-old,")
                .replace("m5.large, ImageId: ami-0000000000000a001", "m5.large, ImageId: ami-0000000000000c001"));
        scenario.run("updateLaunchTemplates", Map.of("ami", "newest"));
        new Colleague(scenario).calls("ec2", "DisableImage", input -> input.put("ImageId", "ami-0000000000000c001"));

        // when
        recycles(scenario, "rolling", "");

        // then
        assertThat(scenario.row("mixed").reason())
                .startsWith("it could not go back: an override launches ami-0000000000000c001, which is disabled");
    }

    /** The group has two subnets; one goes before any instance is there. */
    @Test
    void whenASubnetOfTheGroupIsGone_thenItIsRefused() {
        // given
        Scenario scenario = Scenario.of(
                "fleet.yaml",
                text -> text.replace(
                                "            min: 2\n            desired: 3\n",
                                "            min: 1\n            desired: 1\n")
                        .replace(
                                "            targetGroups: [web]\n",
                                "            targetGroups: [web]\n            subnets: [a, b]\n")
                        .replace(
                                "        images:\n",
                                """
                                vpcs:
                                  - name: small
                                    cidr: 10.0.0.0/24
                                    subnets:
                                      - {name: a, id: subnet-0aaaaaaaaaaaaaaaa, zone: eu-west-1a, cidr: 10.0.0.0/28}
                                      - {name: b, id: subnet-0bbbbbbbbbbbbbbbb, zone: eu-west-1b, cidr: 10.0.0.16/28}
                                images:
                        """));
        new Colleague(scenario)
                .calls("ec2", "DeleteSubnet", input -> input.put("SubnetId", "subnet-0bbbbbbbbbbbbbbbb"));

        // when
        recycles(scenario, "in-out", "");

        // then
        assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.REFUSED);
        assertThat(scenario.row("web").reason()).contains("subnet subnet-0bbbbbbbbbbbbbbbb, which does not exist");
    }
}
