package io.jenkins.plugins.amirefresh.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.model.InstanceRefreshStatus;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.CloudWatchException;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.InvalidAttributeValueException;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.Command;
import software.amazon.awssdk.services.ssm.model.CommandInvocation;
import software.amazon.awssdk.services.ssm.model.CommandInvocationStatus;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationResponse;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;
import software.amazon.awssdk.services.ssm.model.Target;

/** What stands around a fleet, by the AWS SDK: alarms, parameters and commands, queues, CloudTrail's events. */
class AroundServicesTest {

    private static final String YAML = SdkAccount.WEB
            + """
                    parameters: {/ami/web: ami-0aaaaaaaaaaaaaaaa}
                    queues: [{name: trail, events: [cloudtrail]}]
            behaviours:
              - match: {template: web}
                commands:
                  - {script: "*curl*", exitCode: 7, error: "refused", after: 20s}
            """;

    private final SdkAccount account = new SdkAccount(YAML);

    @Nested
    class GivenAlarms {

        private final CloudWatchClient cloudWatch = account.client(CloudWatchClient.builder());

        private void putAlarm() {
            cloudWatch.putMetricAlarm(r -> r.alarmName("errors")
                    .namespace("AWS/ApplicationELB")
                    .metricName("HTTPCode_Target_5XX_Count")
                    .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
                    .evaluationPeriods(1)
                    .period(60)
                    .threshold(5.0));
        }

        @Test
        void whenOneIsPut_thenItHasInsufficientDataUntilSomebodySetsItsState() {
            // when
            putAlarm();

            // then
            var before = cloudWatch
                    .describeAlarms(r -> r.alarmNames("errors"))
                    .metricAlarms()
                    .get(0);
            assertThat(before.stateValue()).isEqualTo(StateValue.INSUFFICIENT_DATA);
            assertThat(before.threshold()).isEqualTo(5.0);
            assertThat(before.stateUpdatedTimestamp()).isEqualTo(Fixtures.START);
            cloudWatch.setAlarmState(
                    r -> r.alarmName("errors").stateValue(StateValue.OK).stateReason("well"));
            assertThat(cloudWatch
                            .describeAlarms(r -> r.stateValue(StateValue.OK))
                            .metricAlarms())
                    .hasSize(1);
        }

        @Test
        void whenItRingsDuringARefreshThatWatchesIt_thenTheRefreshFails() {
            // given
            putAlarm();
            account.autoScaling.startInstanceRefresh(r -> r.autoScalingGroupName("web")
                    .preferences(p -> p.instanceWarmup(600).alarmSpecification(a -> a.alarms("errors"))));
            account.pass(Duration.ofSeconds(30));

            // when
            cloudWatch.setAlarmState(
                    r -> r.alarmName("errors").stateValue(StateValue.ALARM).stateReason("too many"));
            account.pass(Duration.ofSeconds(30));

            // then
            assertThat(account.refresh().status()).isEqualTo(InstanceRefreshStatus.FAILED);
            assertThat(account.refresh().statusReason()).contains("errors");
        }

        @Test
        void whenItRingsAlready_thenTheRefreshThatWatchesItFailsAsItBegins() {
            // given
            putAlarm();
            cloudWatch.setAlarmState(
                    r -> r.alarmName("errors").stateValue(StateValue.ALARM).stateReason("too many"));
            List<String> before = ids();

            // when
            account.autoScaling.startInstanceRefresh(
                    r -> r.autoScalingGroupName("web").preferences(p -> p.alarmSpecification(a -> a.alarms("errors"))));
            account.pass(Duration.ofMinutes(1));

            // then
            assertThat(account.refresh().status()).isEqualTo(InstanceRefreshStatus.FAILED);
            assertThat(account.refresh().statusReason()).isEqualTo("CloudWatch alarm errors is in ALARM state.");
            assertThat(ids()).isEqualTo(before);
        }

        private List<String> ids() {
            return account.group().instances().stream()
                    .map(instance -> instance.instanceId())
                    .toList();
        }

        @Test
        void whenThereIsNone_thenItsStateCannotBeSet() {
            assertThatThrownBy(() -> cloudWatch.setAlarmState(
                            r -> r.alarmName("none").stateValue(StateValue.OK).stateReason("x")))
                    .isInstanceOfSatisfying(CloudWatchException.class, refusal -> assertThat(
                                    refusal.awsErrorDetails().errorCode())
                            .isEqualTo("ResourceNotFound"));
        }
    }

    @Nested
    class GivenSystemsManager {

        private final SsmClient ssm = account.client(SsmClient.builder());

        private GetCommandInvocationResponse run(String script) {
            String instance = account.group().instances().get(0).instanceId();
            String command = ssm.sendCommand(r -> r.documentName("AWS-RunShellScript")
                            .instanceIds(instance)
                            .parameters(Map.of("commands", List.of(script))))
                    .command()
                    .commandId();
            account.pass(Duration.ofSeconds(5));
            var early = ssm.getCommandInvocation(r -> r.commandId(command).instanceId(instance));
            assertThat(early.status()).isIn(CommandInvocationStatus.IN_PROGRESS, CommandInvocationStatus.SUCCESS);
            account.pass(Duration.ofSeconds(20));
            return ssm.getCommandInvocation(r -> r.commandId(command).instanceId(instance));
        }

        @Test
        void whenACommandRuns_thenItEndsAsDeclared() {
            assertThat(run("uptime").status()).isEqualTo(CommandInvocationStatus.SUCCESS);
            GetCommandInvocationResponse failed = run("curl localhost");
            assertThat(failed.status()).isEqualTo(CommandInvocationStatus.FAILED);
            assertThat(failed.responseCode()).isEqualTo(7);
            assertThat(failed.standardErrorContent()).isEqualTo("refused");
        }

        @Test
        void whenTargetsAreGiven_thenTheCommandRunsOnThoseWithTheTag() {
            // given
            String group = "tag:aws:autoscaling:groupName";

            // when
            Command command = ssm.sendCommand(r -> r.documentName("AWS-RunShellScript")
                            .targets(Target.builder()
                                    .key(group)
                                    .values("web", "other")
                                    .build())
                            .parameters(Map.of("commands", List.of("uptime"))))
                    .command();
            account.pass(Duration.ofSeconds(5));

            // then
            assertThat(command.targetCount()).isEqualTo(2);
            assertThat(ssm.listCommandInvocations(r -> r.commandId(command.commandId()))
                            .commandInvocations())
                    .extracting(CommandInvocation::instanceId)
                    .containsExactlyInAnyOrderElementsOf(account.group().instances().stream()
                            .map(instance -> instance.instanceId())
                            .toList());
            assertThat(ssm.sendCommand(r -> r.documentName("AWS-RunShellScript")
                                    .targets(Target.builder()
                                            .key(group)
                                            .values("none")
                                            .build())
                                    .parameters(Map.of("commands", List.of("uptime"))))
                            .command()
                            .targetCount())
                    .isZero();
        }

        @Test
        void whenAParameterIsPut_thenLaunchesResolveItsNewValue() {
            // given
            var web = account.ec2.describeImages(r -> r.owners("self")).images().get(0);
            assertThat(ssm.getParameter(r -> r.name("/ami/web")).parameter().dataType())
                    .isEqualTo("aws:ec2:image");

            // when
            ssm.putParameter(r -> r.name("/ami/web").value(web.imageId()).overwrite(true));

            // then
            var run = account.ec2.runInstances(r -> r.imageId("resolve:ssm:/ami/web")
                    .instanceType("t3.micro")
                    .minCount(1)
                    .maxCount(1));
            assertThat(run.instances().get(0).imageId()).isEqualTo(web.imageId());
            assertThatThrownBy(() -> ssm.getParameter(r -> r.name("/none")))
                    .isInstanceOf(ParameterNotFoundException.class);
        }
    }

    @Nested
    class GivenQueues {

        private final SqsClient sqs = account.client(SqsClient.builder());

        private List<Message> receive(String url, int wait) {
            return sqs.receiveMessage(r -> r.queueUrl(url)
                            .waitTimeSeconds(wait)
                            .maxNumberOfMessages(10)
                            .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
                    .messages();
        }

        @Test
        void whenAMessageIsReceived_thenItIsInvisibleUntilItsTimeoutAndComesAgainUnlessDeleted() {
            // given
            String url = sqs.createQueue(r -> r.queueName("work")).queueUrl();
            sqs.sendMessage(r -> r.queueUrl(url).messageBody("one"));

            // when / then
            assertThat(receive(url, 0)).hasSize(1);
            assertThat(receive(url, 0)).isEmpty();
            account.pass(Duration.ofSeconds(30));
            List<Message> again = receive(url, 0);
            assertThat(again.get(0).attributes())
                    .containsEntry(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "2");
            sqs.deleteMessage(r -> r.queueUrl(url).receiptHandle(again.get(0).receiptHandle()));
            account.pass(Duration.ofMinutes(1));
            assertThat(receive(url, 0)).isEmpty();
        }

        @Test
        void whenAttributesAreAskedAndSet_thenTheyAreSqssAndWithinItsBounds() {
            // given
            String url = sqs.createQueue(r -> r.queueName("work")).queueUrl();
            sqs.sendMessage(r -> r.queueUrl(url).messageBody("one"));
            sqs.sendMessage(r -> r.queueUrl(url).messageBody("late").delaySeconds(60));
            receive(url, 0);

            // when
            account.pass(Duration.ofSeconds(10));
            sqs.setQueueAttributes(
                    r -> r.queueUrl(url).attributes(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "90")));

            // then
            assertThat(sqs.getQueueAttributes(r -> r.queueUrl(url).attributeNames(QueueAttributeName.ALL))
                            .attributes())
                    .containsEntry(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES, "0")
                    .containsEntry(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE, "1")
                    .containsEntry(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED, "1")
                    .containsEntry(QueueAttributeName.VISIBILITY_TIMEOUT, "90")
                    .containsEntry(
                            QueueAttributeName.LAST_MODIFIED_TIMESTAMP,
                            Long.toString(Fixtures.START.plusSeconds(10).getEpochSecond()));
            assertThatThrownBy(() -> sqs.setQueueAttributes(
                            r -> r.queueUrl(url).attributes(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "43201"))))
                    .isInstanceOf(InvalidAttributeValueException.class);
        }

        @Test
        void whenALongPollWaits_thenSimulatedTimePassesUntilAMessageIsVisible() {
            // given
            String url = sqs.createQueue(r -> r.queueName("work")).queueUrl();
            sqs.sendMessage(r -> r.queueUrl(url).messageBody("late").delaySeconds(12));

            // when
            List<Message> received = receive(url, 20);

            // then
            assertThat(received).hasSize(1);
            assertThat(account.simulator.now()).isEqualTo(Fixtures.START.plusSeconds(12));
            assertThat(receive(url, 20)).isEmpty();
            assertThat(account.simulator.now()).isEqualTo(Fixtures.START.plusSeconds(32));
        }

        @Test
        void whenAFifoQueueGivesAMessage_thenItsGroupWaitsForItAndRepetitionsAreDropped() {
            // given
            String url = sqs.createQueue(r -> r.queueName("work.fifo")
                            .attributes(Map.of(
                                    QueueAttributeName.FIFO_QUEUE, "true",
                                    QueueAttributeName.CONTENT_BASED_DEDUPLICATION, "true")))
                    .queueUrl();
            for (String body : List.of("a1", "a1", "b1")) {
                sqs.sendMessage(r -> r.queueUrl(url).messageBody(body).messageGroupId(body.substring(0, 1)));
            }

            // when
            List<Message> first = receive(url, 0);

            // then
            assertThat(first).extracting(Message::body).containsExactly("a1", "b1");
            sqs.sendMessage(r -> r.queueUrl(url).messageBody("a2").messageGroupId("a"));
            assertThat(receive(url, 0)).isEmpty();
            sqs.deleteMessage(r -> r.queueUrl(url).receiptHandle(first.get(0).receiptHandle()));
            assertThat(receive(url, 0)).extracting(Message::body).containsExactly("a2");
        }

        @Test
        void whenACallChangesSomething_thenItsCloudTrailEventIsDelivered() {
            // given
            String url = sqs.getQueueUrl(r -> r.queueName("trail")).queueUrl();

            // when
            account.group();
            account.autoScaling.setDesiredCapacity(
                    r -> r.autoScalingGroupName("web").desiredCapacity(3));

            // then
            assertThat(receive(url, 0)).singleElement().satisfies(message -> assertThat(message.body())
                    .contains("\"detail-type\":\"AWS API Call via CloudTrail\"")
                    .contains("\"eventName\":\"SetDesiredCapacity\"")
                    .contains("\"autoScalingGroupName\":\"web\""));
            assertThatThrownBy(() -> sqs.getQueueUrl(r -> r.queueName("none")))
                    .isInstanceOf(QueueDoesNotExistException.class);
        }
    }
}
