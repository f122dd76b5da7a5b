package io.jenkins.plugins.amirefresh.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.kernel.AccountRegion;
import io.jenkins.plugins.amirefresh.simulator.kernel.Caller;
import io.jenkins.plugins.amirefresh.simulator.wire.WireRequest;
import io.jenkins.plugins.amirefresh.simulator.wire.WireResponse;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateTagSpecificationRequest;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;

/** The AWS SDK on one side, a service that keeps what it gets on the other: what the wire does between them. */
class WireTest {

    private final EchoService ec2 = new EchoService("ec2");
    private final EchoService autoscaling = new EchoService("autoscaling");
    private final Simulator simulator =
            Simulator.of(Fixtures.account(), (world, file, rules, recorder) -> List.of(ec2, autoscaling));

    private Ec2Client ec2Client() {
        return Ec2Client.builder()
                .region(Region.EU_WEST_1)
                .credentialsProvider(credentials("AKIDSECOND"))
                .httpClient(simulator.sdkHttpClient())
                .overrideConfiguration(c -> c.retryStrategy(r -> r.maxAttempts(1)))
                .build();
    }

    private AutoScalingClient autoScalingClient() {
        return AutoScalingClient.builder()
                .region(Region.EU_WEST_2)
                .endpointOverride(URI.create("http://127.0.0.1:1"))
                .credentialsProvider(credentials("AKIDUNKNOWN"))
                .httpClient(simulator.sdkHttpClient())
                .overrideConfiguration(c -> c.retryStrategy(r -> r.maxAttempts(1)))
                .build();
    }

    private static StaticCredentialsProvider credentials(String key) {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create(key, "secret"));
    }

    @Nested
    class GivenTheEc2Protocol {

        @Test
        void whenListsAndStructuresAreSent_thenTheServiceGetsThemByModelNames() {
            // given
            ec2.answering("DescribeInstances", EchoService.node());

            // when
            ec2Client().describeInstances(r -> r.instanceIds("i-1", "i-2")
                    .filters(Filter.builder()
                            .name("tag:a b")
                            .values("x&y", "é=%")
                            .build())
                    .maxResults(50));

            // then
            var call = ec2.received.get(0);
            assertThat(call.input())
                    .hasToString("{\"Filters\":[{\"Name\":\"tag:a b\",\"Values\":[\"x&y\",\"é=%\"]}],"
                            + "\"InstanceIds\":[\"i-1\",\"i-2\"],\"MaxResults\":50}");
            assertThat(call.caller().accountId()).isEqualTo("222222222222");
            assertThat(call.caller().region()).isEqualTo("eu-west-1");
        }

        @Test
        void whenTagSpecificationsAreSent_thenTheirOwnWireNamesAreRead() {
            // given
            ec2.answering("CreateLaunchTemplateVersion", EchoService.node());

            // when
            ec2Client().createLaunchTemplateVersion(r -> r.launchTemplateName("web")
                    .sourceVersion("1")
                    .launchTemplateData(d -> d.imageId("ami-1")
                            .tagSpecifications(LaunchTemplateTagSpecificationRequest.builder()
                                    .resourceType(ResourceType.INSTANCE)
                                    .tags(Tag.builder().key("k").value("v").build())
                                    .build())
                            .monitoring(m -> m.enabled(true))));

            // then
            assertThat(ec2.received.get(0).input().get("LaunchTemplateData"))
                    .hasToString("{\"ImageId\":\"ami-1\",\"Monitoring\":{\"Enabled\":true},\"TagSpecifications\":"
                            + "[{\"ResourceType\":\"instance\",\"Tags\":[{\"Key\":\"k\",\"Value\":\"v\"}]}]}");
        }

        @Test
        void whenTheServiceAnswersStructures_thenTheSdkReadsThem() {
            // given
            ObjectNode answer = EchoService.node();
            ObjectNode instance = answer.putArray("Reservations")
                    .addObject()
                    .put("ReservationId", "r-1")
                    .putArray("Instances")
                    .addObject();
            instance.put("InstanceId", "i-1").put("LaunchTime", "2026-11-22T17:00:00Z");
            instance.putObject("State").put("Name", "running").put("Code", 16);
            instance.putArray("Tags").addObject().put("Key", "Name").put("Value", "<a & \"b\">\n");
            ec2.answering("DescribeInstances", answer);

            // when
            var result = ec2Client().describeInstances();

            // then
            var read = result.reservations().get(0).instances().get(0);
            assertThat(read.instanceId()).isEqualTo("i-1");
            assertThat(read.state().nameAsString()).isEqualTo("running");
            assertThat(read.launchTime()).isEqualTo(Instant.parse("2026-11-22T17:00:00Z"));
            assertThat(read.tags().get(0).value()).isEqualTo("<a & \"b\">\n");
            assertThat(result.responseMetadata().requestId())
                    .isEqualTo(simulator.calls().get(0).requestId());
        }

        @Test
        void whenARequiredMemberIsMissing_thenMissingParameterNamesIt() {
            // given
            ec2.answering("TerminateInstances", EchoService.node());

            // when / then
            assertThatThrownBy(() -> ec2Client().terminateInstances(r -> {}))
                    .isInstanceOfSatisfying(Ec2Exception.class, refusal -> {
                        assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("MissingParameter");
                        assertThat(refusal.awsErrorDetails().errorMessage())
                                .isEqualTo("The request must contain the parameter InstanceId");
                        assertThat(refusal.statusCode()).isEqualTo(400);
                    });
        }

        @Test
        void whenANumberIsOutOfRange_thenTheRefusalIsWordedAsAtAws() {
            // given
            ec2.answering("DescribeInstanceTypes", EchoService.node());

            // when / then
            assertThatThrownBy(() -> ec2Client().describeInstanceTypes(r -> r.maxResults(1)))
                    .hasMessageContaining(
                            "Value ( 1 ) for parameter maxResults is invalid. Expecting a value greater than 5.");
        }

        @Test
        void whenDryRunIsAsked_thenNothingHappens() {
            // given
            ec2.answering("TerminateInstances", EchoService.node());

            // when / then
            assertThatThrownBy(() -> ec2Client()
                            .terminateInstances(r -> r.instanceIds("i-1").dryRun(true)))
                    .isInstanceOfSatisfying(Ec2Exception.class, refusal -> assertThat(
                                    refusal.awsErrorDetails().errorCode())
                            .isEqualTo("DryRunOperation"));
            assertThat(ec2.received).isEmpty();
        }

        @Test
        void whenTheOperationIsNotSimulated_thenTheRefusalNamesIt() {
            assertThatThrownBy(() -> ec2Client().describeHosts())
                    .hasMessageContaining("The simulator does not implement DescribeHosts of ec2.");
        }

        @Test
        void whenTheServiceAnswersWhatAwsCannot_thenItIsABugThatNamesOperationAndMember() {
            // given
            ec2.answering("DescribeInstances", EchoService.node().put("Machines", 3));

            // when / then
            assertThatThrownBy(() -> simulator.call(
                            "ec2",
                            "DescribeInstances",
                            EchoService.node(),
                            new Caller("111111111111", "eu-west-1", "arn", "key")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(
                            "the answer to DescribeInstances: .Machines is not a member of DescribeInstancesResult");
        }
    }

    @Nested
    class GivenTheQueryProtocol {

        @Test
        void whenListsAndOverlayMembersAreSent_thenTheServiceGetsThem() {
            // given
            autoscaling.answering("StartInstanceRefresh", EchoService.node().put("InstanceRefreshId", "r-1"));

            // when
            var answer = autoScalingClient().startInstanceRefresh(r -> r.autoScalingGroupName("web")
                    .preferences(
                            p -> p.bakeTime(60).checkpointPercentages(20, 100).skipMatching(true)));

            // then
            assertThat(answer.instanceRefreshId()).isEqualTo("r-1");
            assertThat(autoscaling.received.get(0).input())
                    .hasToString(
                            "{\"AutoScalingGroupName\":\"web\",\"Preferences\":{\"CheckpointPercentages\":[20,100],"
                                    + "\"SkipMatching\":true,\"BakeTime\":60}}");
            assertThat(autoscaling.received.get(0).caller().accountId()).isEqualTo("111111111111");
            assertThat(autoscaling.received.get(0).caller().region()).isEqualTo("eu-west-2");
        }

        @Test
        void whenTheServiceAnswersNothing_thenTheSdkIsContent() {
            // given
            autoscaling.answering("SetDesiredCapacity", EchoService.node());

            // when
            autoScalingClient()
                    .setDesiredCapacity(r -> r.autoScalingGroupName("web").desiredCapacity(3));

            // then
            assertThat(simulator.calls()).singleElement().satisfies(call -> {
                assertThat(call.operation()).isEqualTo("SetDesiredCapacity");
                assertThat(call.mutating()).isTrue();
                assertThat(call.errorCode()).isEmpty();
            });
        }

        @Test
        void whenSeveralMembersAreWrong_thenOneRefusalListsThem() {
            // given
            autoscaling.answering("StartInstanceRefresh", EchoService.node());

            // when / then
            assertThatThrownBy(() -> autoScalingClient().startInstanceRefresh(r -> r.strategy("Fast")
                            .preferences(p -> p.minHealthyPercentage(120))))
                    .isInstanceOfSatisfying(AutoScalingException.class, refusal -> {
                        assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("ValidationError");
                        assertThat(refusal.awsErrorDetails().errorMessage())
                                .isEqualTo(
                                        "3 validation errors detected: Value null at 'autoScalingGroupName' failed to"
                                                + " satisfy constraint: Member must not be null; Value 'Fast' at 'strategy' failed"
                                                + " to satisfy constraint: Member must satisfy enum value set: [Rolling,"
                                                + " ReplaceRootVolume]; Value '120' at 'preferences.minHealthyPercentage' failed to"
                                                + " satisfy constraint: Member must have value less than or equal to 100");
                    });
        }
    }

    @Nested
    class GivenTheJsonProtocol {

        private final EchoService ssm = new EchoService("ssm");
        private final Simulator withSsm =
                Simulator.of(Fixtures.account(), (world, file, rules, recorder) -> List.of(ssm));

        private WireResponse ask(String operation, String body) {
            return withSsm.handle(new WireRequest(
                    "POST", "ssm.eu-west-1.amazonaws.com", "", Map.of("x-amz-target", "AmazonSSM." + operation), body));
        }

        @Test
        void whenItIsAsked_thenItAnswersInJsonWithTimestampsAsSeconds() {
            // given
            ObjectNode answer = EchoService.node();
            answer.putObject("Parameter").put("Name", "/ami").put("LastModifiedDate", "2026-11-22T17:00:00.5Z");
            ssm.answering("GetParameter", answer);

            // when
            WireResponse response = ask("GetParameter", "{\"Name\": \"/ami\", \"WithDecryption\": true}");

            // then
            assertThat(response.body())
                    .isEqualTo("{\"Parameter\":{\"Name\":\"/ami\",\"LastModifiedDate\":1795366800.500}}");
            assertThat(response.headers()).containsEntry("Content-Type", "application/x-amz-json-1.1");
            assertThat(ssm.received.get(0).input()).hasToString("{\"Name\":\"/ami\",\"WithDecryption\":true}");
            assertThat(ssm.received.get(0).caller().region()).isEqualTo("eu-west-1");
        }

        @Test
        void whenTheInputIsWrong_thenTheRefusalIsJson() {
            // given
            ssm.answering("GetParameter", EchoService.node());

            // when / then
            assertThat(ask("GetParameter", "{\"Name\": 3}").body()).contains("SerializationException");
            assertThat(ask("GetParameter", "nonsense").body()).contains("SerializationException");
            assertThat(ask("GetParameter", "{}").body()).contains("ValidationException");
            assertThat(ask("GetNothing", "{}").body()).contains("UnknownOperationException");
            assertThat(ask("GetParameters", "{\"Names\": [\"a\"]}").body())
                    .contains("does not implement GetParameters of ssm");
        }
    }

    @Nested
    class GivenTemporaryCredentials {

        @Test
        void whenTheyEnd_thenTheyAreRefusedAsAtAws() {
            // given
            var query = new EchoService("autoscaling").answering("SetDesiredCapacity", EchoService.node());
            Simulator issuing = Simulator.of(Fixtures.account(), (world, file, rules, recorder) -> {
                world.credentials().issue("ASIATEMPORARY", "222222222222", "arn:x", Fixtures.START.plusSeconds(900));
                return List.of(query);
            });
            var request = new WireRequest(
                    "POST",
                    "127.0.0.1",
                    "",
                    Map.of(
                            "authorization",
                            "AWS4-HMAC-SHA256 Credential=ASIATEMPORARY/20261122/eu-west-2/autoscaling/aws4_request,"
                                    + " SignedHeaders=host, Signature=0"),
                    "Action=SetDesiredCapacity&Version=2011-01-01&AutoScalingGroupName=a&DesiredCapacity=1");

            // when
            WireResponse before = issuing.handle(request);
            issuing.advanceTo(Fixtures.START.plusSeconds(900));
            WireResponse after = issuing.handle(request);

            // then
            assertThat(before.status()).isEqualTo(200);
            assertThat(query.received.get(0).caller().at()).isEqualTo(new AccountRegion("222222222222", "eu-west-2"));
            assertThat(after.status()).isEqualTo(403);
            assertThat(after.body()).contains("<Code>ExpiredToken</Code>");
        }
    }
}
