package io.jenkins.plugins.amirefresh.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.amirefresh.simulator.server.SimulatorServer;
import io.jenkins.plugins.amirefresh.simulator.wire.WireRequest;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/** Where real clients once could tell the simulator from AWS. */
class FidelityTest {

    private final SdkAccount account = new SdkAccount(SdkAccount.WEB);

    private String webImage() {
        return account.ec2.describeImages(r -> r.owners("self")).images().stream()
                .filter(image -> image.name().equals("web-2"))
                .map(Image::imageId)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whenTheNextPageIsAskedForWithoutASize_thenItHoldsTheRest() {
        account.ec2.runInstances(
                r -> r.imageId(webImage()).instanceType("t3.micro").minCount(8).maxCount(8));
        DescribeInstancesResponse first = account.ec2.describeInstances(r -> r.maxResults(5));

        DescribeInstancesResponse rest = account.ec2.describeInstances(r -> r.nextToken(first.nextToken()));

        assertThat(first.nextToken()).isNotEmpty();
        assertThat(rest.reservations()).isNotEmpty();
        assertThat(rest.nextToken()).isNull();
    }

    @Test
    void whenNoTypeIsNamed_thenItIsTheOneThatEc2Takes() {
        var launched = account.ec2
                .runInstances(r -> r.imageId(webImage()).minCount(1).maxCount(1))
                .instances()
                .get(0);

        assertThat(launched.instanceTypeAsString()).isEqualTo("m1.small");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "t1.micro",
                "u7i-12tb.224xlarge",
                "g6f.large",
                "p3dn.24xlarge",
                "g4ad.xlarge",
                "m5.metal",
                "x2idn.16xlarge",
                "m6i.32xlarge"
            })
    void whenATypeIsCurrentOrOld_thenItStarts(String type) {
        var launched = account.ec2
                .runInstances(r ->
                        r.imageId(webImage()).instanceType(type).minCount(1).maxCount(1))
                .instances();

        assertThat(launched).hasSize(1);
    }

    @Test
    void whenAnImageWasJustDeregistered_thenAListLeavesItOut() {
        String id = webImage();
        account.ec2.deregisterImage(r -> r.imageId(id));

        assertThat(account.ec2.describeImages(r -> r.imageIds(id)).images()).isEmpty();
        assertThatThrownBy(() -> account.ec2.describeImages(r -> r.imageIds("ami-0123456789abcdef0")))
                .hasMessageContaining("does not exist");
    }

    @Test
    void whenAnInstanceIsProtectedFromStop_thenItIsNotStopped() {
        String id = account.ec2
                .runInstances(r -> r.imageId(webImage())
                        .instanceType("t3.micro")
                        .disableApiStop(true)
                        .minCount(1)
                        .maxCount(1))
                .instances()
                .get(0)
                .instanceId();
        account.pass(Duration.ofMinutes(3));

        Ec2Exception refusal =
                catchThrowableOfType(Ec2Exception.class, () -> account.ec2.stopInstances(r -> r.instanceIds(id)));
        account.ec2.modifyInstanceAttribute(r -> r.instanceId(id).disableApiStop(v -> v.value(false)));

        assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("OperationNotPermitted");
        assertThat(account.ec2.stopInstances(r -> r.instanceIds(id)).stoppingInstances())
                .hasSize(1);
    }

    @Test
    void whenANewGroupsEgressIsRevokedAndGivenAgain_thenItStandsThereOnce() {
        String id = account.ec2
                .createSecurityGroup(r -> r.groupName("web").description("web"))
                .groupId();
        IpPermission everything = IpPermission.builder()
                .ipProtocol("-1")
                .ipRanges(IpRange.builder().cidrIp("0.0.0.0/0").build())
                .build();

        List<IpPermission> first = egress(id);
        Ec2Exception twice = catchThrowableOfType(
                Ec2Exception.class,
                () -> account.ec2.authorizeSecurityGroupEgress(
                        r -> r.groupId(id).ipPermissions(everything)));
        account.ec2.revokeSecurityGroupEgress(r -> r.groupId(id).ipPermissions(everything));
        List<IpPermission> none = egress(id);
        account.ec2.authorizeSecurityGroupEgress(r -> r.groupId(id).ipPermissions(everything));

        assertThat(first).singleElement().satisfies(permission -> assertThat(permission.fromPort())
                .isNull());
        assertThat(twice.awsErrorDetails().errorCode()).isEqualTo("InvalidPermission.Duplicate");
        assertThat(none).isEmpty();
        assertThat(egress(id)).hasSize(1);
    }

    private List<IpPermission> egress(String id) {
        return account.ec2
                .describeSecurityGroups(r -> r.groupIds(id))
                .securityGroups()
                .get(0)
                .ipPermissionsEgress();
    }

    @Test
    void whenAQueueDoesNotExist_thenOldAndNewClientsKnowTheError() {
        SqsClient sqs = account.client(SqsClient.builder());

        QueueDoesNotExistException refusal = catchThrowableOfType(
                QueueDoesNotExistException.class, () -> sqs.getQueueUrl(r -> r.queueName("nowhere")));

        assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("AWS.SimpleQueueService.NonExistentQueue");
    }

    /** What boto3 1.26 and other clients of before November 2023 send and expect. */
    @Test
    void whenAnOldClientSpeaksTheQueryProtocol_thenQueuesAnswerInXml() {
        String queue = "Action=CreateQueue&Version=2012-11-05&QueueName=old"
                + "&Attribute.1.Name=VisibilityTimeout&Attribute.1.Value=45";
        String url = between(query(queue), "<QueueUrl>", "</QueueUrl>");
        String at = "&Version=2012-11-05&QueueUrl=" + URLEncoder.encode(url, StandardCharsets.UTF_8);

        String sent = query("Action=SendMessage&MessageBody=hello" + at);
        String received = query("Action=ReceiveMessage&AttributeName.1=All" + at);
        String attributes = query("Action=GetQueueAttributes&AttributeName.1=VisibilityTimeout" + at);
        String handle = between(received, "<ReceiptHandle>", "</ReceiptHandle>");
        String deleted = query("Action=DeleteMessage&ReceiptHandle=" + handle + at);
        String unknown = query("Action=GetQueueUrl&Version=2012-11-05&QueueName=nowhere");

        assertThat(sent)
                .contains(
                        "<SendMessageResponse xmlns=\"http://queue.amazonaws.com/doc/2012-11-05/\"><SendMessageResult>");
        assertThat(received)
                .contains("<ReceiveMessageResult><Message>", "<Body>hello</Body>")
                .contains("<Attribute><Name>SentTimestamp</Name><Value>");
        assertThat(attributes).contains("<Attribute><Name>VisibilityTimeout</Name><Value>45</Value></Attribute>");
        assertThat(deleted).contains("<DeleteMessageResponse ");
        assertThat(unknown).contains("<Code>AWS.SimpleQueueService.NonExistentQueue</Code>");
    }

    private static String between(String text, String before, String after) {
        int from = text.indexOf(before) + before.length();
        return text.substring(from, text.indexOf(after, from));
    }

    private String query(String form) {
        String scope =
                "AWS4-HMAC-SHA256 Credential=AKIAMAINEXAMPLE00001/20261122/eu-west-1/sqs/aws4_request, Signature=x";
        return account.simulator
                .handle(new WireRequest(
                        "POST", "sqs.eu-west-1.amazonaws.com", "", Map.of("authorization", scope, ":path", "/"), form))
                .body();
    }

    @Test
    @SuppressWarnings("deprecation") // older clients ask by the old name
    void whenAQueueIsMadeAtAnEndpoint_thenItsAddressLeadsThere() {
        try (SimulatorServer server = SimulatorServer.start(account.simulator, 0, 0);
                SqsClient sqs = SqsClient.builder()
                        .region(Region.EU_WEST_1)
                        .endpointOverride(server.endpoint())
                        .credentialsProvider(
                                StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIA", "secret")))
                        .httpClient(UrlConnectionHttpClient.create())
                        .build()) {
            String url = sqs.createQueue(r -> r.queueName("events")).queueUrl();
            sqs.sendMessage(r -> r.queueUrl(url).messageBody("hello"));

            var received = sqs.receiveMessage(r -> r.queueUrl(url).attributeNamesWithStrings("SentTimestamp"))
                    .messages();

            assertThat(URI.create(url).getAuthority())
                    .isEqualTo(server.endpoint().getAuthority());
            assertThat(received.get(0).attributes()).containsKey(MessageSystemAttributeName.SENT_TIMESTAMP);
            assertThat(sqs.getQueueAttributes(r -> r.queueUrl(url).attributeNames(List.of(QueueAttributeName.ALL)))
                            .attributes())
                    .containsKey(QueueAttributeName.QUEUE_ARN);
        }
    }
}
