package io.jenkins.plugins.amirefresh.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.step.Progress;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterException;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Groups that others change, recycled once for all that came of it. */
class RecycleOnEventsTest {

    private static final String QUEUE = "https://sqs.eu-west-1.amazonaws.com/111111111111/asg-changes";
    private static final Map<String, ?> PARAMETERS =
            Map.of("queue", "asg-changes", "recycle", Map.of("instanceWarmup", "1m", "failOn", "none"));

    private static Scenario scenario() {
        return Scenario.of("events.yaml");
    }

    private static Map<String, Object> with(String name, Object value) {
        Map<String, Object> parameters = new HashMap<>(PARAMETERS);
        parameters.put(name, value);
        return parameters;
    }

    private static void update(Scenario scenario, String group, String version) {
        new Colleague(scenario).calls("UpdateAutoScalingGroup", input -> input.put("AutoScalingGroupName", group)
                .putObject("LaunchTemplate")
                .put("LaunchTemplateId", "lt-0aaaaaaaaaaaaaaa1")
                .put("Version", version));
    }

    private static void newVersion(Scenario scenario, String template, String image) {
        new Colleague(scenario).calls("ec2", "CreateLaunchTemplateVersion", input -> {
            input.put("LaunchTemplateName", template).put("SourceVersion", "1");
            input.putObject("LaunchTemplateData").put("ImageId", image);
        });
    }

    private static void send(Scenario scenario, String body) {
        new Colleague(scenario).calls("sqs", "SendMessage", input -> input.put("QueueUrl", QUEUE)
                .put("MessageBody", body));
    }

    private static JsonNode waiting(Scenario scenario, String queue) {
        return new Colleague(scenario)
                .calls("sqs", "ReceiveMessage", input -> {
                    input.put("QueueUrl", QUEUE.replace("asg-changes", queue)).put("MaxNumberOfMessages", 10);
                    input.putArray("MessageAttributeNames").add("All");
                })
                .path("Messages");
    }

    /** What others wrote and is in the queue still, also what was hidden. */
    private static int inQueue(Scenario scenario) {
        scenario.simulator().advanceTo(scenario.simulator().now().plus(Duration.ofHours(1)));
        int others = 0;
        for (JsonNode some = waiting(scenario, "asg-changes");
                !some.isEmpty();
                some = waiting(scenario, "asg-changes")) {
            for (JsonNode message : some) {
                others += message.path("Body").asText().contains("ami-refresh/") ? 0 : 1;
            }
        }
        return others;
    }

    private static Scenario changed() {
        Scenario scenario = scenario();
        update(scenario, "shop-asg-1", "2");
        update(scenario, "pets-asg-1", "2");
        newVersion(scenario, "proxy", "ami-0aaaaaaaaaaaaaaa2");
        send(
                scenario,
                "{\"detail\": {\"requestParameters\": {\"autoScalingGroupName\": \"shop-asg-1\", \"launchTemplate\": {}}}}");
        send(scenario, "please");
        return scenario;
    }

    private static long launches(Scenario scenario, String group) {
        return scenario.effects().all().stream()
                .filter(effect -> effect.change().startsWith("launched into " + group + " "))
                .count();
    }

    @Test
    void whenGroupsWereChanged_thenEachIsRecycledOnceAndNothingStaysInTheQueue() {
        // given
        Scenario scenario = changed();

        // when
        Progress progress = scenario.run("recycleOnEvents", PARAMETERS);

        // then
        assertThat(progress).as(scenario.console().toString()).isInstanceOf(Progress.Done.class);
        Map<String, Object> result = ((Progress.Done) progress).result();
        assertThat(result)
                .containsEntry("refreshed", 2)
                .containsEntry("left", 0)
                .containsEntry("summary", "2 refreshed");
        assertThat(String.valueOf(result.get("ignored")))
                .contains("The component pets is not recycleable in dev - missing required tags"
                        + " [autorecycle_recycle_on_asg_update, autorecycle_strategy]");
        assertThat(launches(scenario, "shop-asg-1")).isEqualTo(2);
        assertThat(scenario.fleet().group("shop-asg-1").instances()).containsOnlyKeys("2 InService Healthy");
        assertThat(scenario.fleet().group("proxy_a-asg-1").instances()).containsOnlyKeys("2 InService Healthy");
        assertThat(scenario.fleet().group("proxy_b-asg-1").instances()).containsOnlyKeys("1 InService Healthy");
        assertThat(inQueue(scenario)).isZero();
        JsonNode unread = waiting(scenario, "unread").path(0);
        assertThat(unread.path("Body").asText()).isEqualTo("please");
        assertThat(unread.path("MessageAttributes")
                        .path("Reason")
                        .path("StringValue")
                        .asText())
                .startsWith("is no JSON: ");
    }

    @Test
    void whenTheDefaultMoves_thenGroupsThatFollowItAreRecycled() {
        // given
        Scenario scenario = scenario();
        newVersion(scenario, "proxy", "ami-0aaaaaaaaaaaaaaa2");
        new Colleague(scenario).calls("ec2", "ModifyLaunchTemplate", input -> input.put("LaunchTemplateName", "proxy")
                .put("DefaultVersion", "2"));

        // when
        scenario.run("recycleOnEvents", PARAMETERS);

        // then
        assertThat(scenario.console()).anyMatch(line -> line.contains("waiting, proxy_a-asg-1 of the same component"));
        assertThat(scenario.fleet().group("proxy_a-asg-1").launches()).isEqualTo("$Latest");
        assertThat(scenario.fleet().group("proxy_b-asg-1").launches()).isEqualTo("$Default");
        assertThat(scenario.fleet().group("proxy_b-asg-1").instances()).containsOnlyKeys("2 InService Healthy");
    }

    @Test
    void whenAnEventComesAfterItsGroupHasBegun_thenTheNextCallHasIt() {
        // given
        Scenario scenario = scenario();
        newVersion(scenario, "proxy", "ami-0aaaaaaaaaaaaaaa2");
        boolean[] isDone = {false};
        scenario.passingTimeBy(moment -> {
            scenario.simulator().advanceTo(moment);
            if (!isDone[0] && launches(scenario, "proxy_a-asg-1") > 0) {
                isDone[0] = true;
                newVersion(scenario, "proxy", "ami-0aaaaaaaaaaaaaaa2");
            }
        });

        // when
        Progress first = scenario.run("recycleOnEvents", with("listenFor", "1h"));
        Progress second = scenario.nextBuild("weekly-2").run("recycleOnEvents", PARAMETERS);

        // then
        assertThat(((Progress.Done) first).result()).containsEntry("left", 1).containsEntry("refreshed", 1);
        assertThat(((Progress.Done) second).result()).containsEntry("left", 0);
        assertThat(scenario.fleet().group("proxy_a-asg-1").launches()).isEqualTo("$Latest");
        assertThat(scenario.console())
                .anyMatch(line -> line.contains("came after its group had begun: left in the queue for the next call"));
        assertThat(inQueue(scenario)).isZero();
    }

    @Test
    void whenItIsADryRun_thenNothingChangesAndEveryMessageStays() {
        // given
        Scenario scenario = changed();

        // when
        Progress progress = scenario.run("recycleOnEvents", with("dryRun", true));

        // then
        assertThat(progress).isInstanceOf(Progress.Done.class);
        assertThat(scenario.console()).anyMatch(line -> line.contains("dry run: would refresh version 1 to 2"));
        assertThat(scenario.mutating()).allMatch(call -> call.endsWith("Message") || call.endsWith("VisibilityBatch"));
        assertThat(waiting(scenario, "asg-changes")).hasSize(5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            autorecycle_dry_run | true | shop-asg-1: skipped: dry run: would refresh
            autorecycle_dry_run | maybe | shop-asg-1: refused: tag autorecycle_dry_run: 'maybe' is not allowed
            autorecycle_strategy | mongo | shop-asg-1: refused: tag autorecycle_strategy: 'mongo' is not allowed
            autorecycle_step_function_name | mongo | shop-asg-1: left to the job refresh-mongo
            autorecycle_step_function_name | other | shop-asg-1: refused: tag autorecycle_step_function_name: 'other' is not allowed; give autorecycle or one of mongo
            autorecycle_recycle_on_asg_update | false | shop-asg-1: The component shop is not recycleable in dev
            """)
    void whenATagSaysSo_thenTheGroupIsNotTouched(String tag, String value, String line) {
        // given
        Scenario scenario = scenario();
        new Colleague(scenario).calls("CreateOrUpdateTags", input -> {
            ObjectNode one = input.putArray("Tags").addObject();
            one.put("ResourceId", "shop-asg-1").put("ResourceType", "auto-scaling-group");
            one.put("Key", tag).put("Value", value).put("PropagateAtLaunch", false);
        });
        update(scenario, "shop-asg-1", "2");

        // when
        scenario.run("recycleOnEvents", with("jobs", Map.of("mongo", "refresh-mongo")));

        // then
        assertThat(scenario.console()).anyMatch(told -> told.startsWith(line));
        assertThat(scenario.mutating())
                .containsOnly("ReceiveMessage", "ChangeMessageVisibilityBatch", "DeleteMessageBatch");
        assertThat(inQueue(scenario)).isZero();
    }

    @Test
    void whenNobodyCanReadAMessageAndNothingTakesIt_thenItStaysAndTheBuildIsUnstable() {
        // given
        Scenario scenario = Scenario.of("events.yaml", text -> text.replace(", deadLetterQueue: unread", ""));
        send(
                scenario,
                "{\"account\": \"999999999999\", \"detail\": {\"requestParameters\":"
                        + " {\"autoScalingGroupName\": \"shop-asg-1\", \"launchTemplate\": {}}}}");

        // when
        Progress progress = scenario.run("recycleOnEvents", PARAMETERS);

        // then
        assertThat(((Progress.Done) progress).verdict()).isEqualTo(Progress.BuildVerdict.UNSTABLE);
        assertThat(scenario.console())
                .anyMatch(line -> line.contains("is about 999999999999, where this step does not work"));
        assertThat(inQueue(scenario)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Death.Moment.class)
    void whenTheHostIsKilledAtACall_thenNothingIsDoneTwice(Death.Moment moment) {
        // given
        Scenario whole = changed();
        whole.run("recycleOnEvents", PARAMETERS);
        List<String> calls = whole.mutating();
        assertThat(calls).contains("DeleteMessageBatch", "SendMessage");

        for (int call = 1; call <= calls.size(); call++) {
            // when
            Scenario killed = changed().dyingAt(call, moment);
            Progress progress = killed.run("recycleOnEvents", PARAMETERS);

            // then
            String where = "killed " + moment + " " + call + " of " + calls + killed.console();
            assertThat(killed.deaths()).as(where).isEqualTo(1);
            assertThat(progress).as(where).isInstanceOf(Progress.Done.class);
            assertThat(((Progress.Done) progress).result()).as(where).containsEntry("refreshed", 2);
            assertThat(launches(killed, "shop-asg-1")).as(where).isEqualTo(2);
            assertThat(launches(killed, "proxy_a-asg-1")).as(where).isEqualTo(1);
            assertThat(inQueue(killed)).as(where).isZero();
        }
    }

    @Test
    void whenEveryTickStartsFromTheDisk_thenNothingIsDifferent() {
        // given
        Scenario whole = changed();
        whole.run("recycleOnEvents", PARAMETERS);
        Scenario restarted = changed().restartingAfter(tick -> true);

        // when
        restarted.run("recycleOnEvents", PARAMETERS);

        // then
        assertThat(restarted.console()).isEqualTo(whole.console());
        assertThat(restarted.effects().lines())
                .containsExactlyElementsOf(whole.effects().lines());
    }

    @Test
    void whenTheDeadLetterQueueIsTheQueueItself_thenThatIsRefused() {
        Progress progress = scenario().run("recycleOnEvents", with("deadLetterQueue", "asg-changes"));

        assertThat(((Progress.Failed) progress).message())
                .isEqualTo("deadLetterQueue: '" + QUEUE
                        + "' is not allowed; give another queue than the one that is read");
    }

    @Test
    void whenDryRunIsAVariableThatIsNotSet_thenThatIsRefused() {
        Map<String, Object> parameters = with("queue", "asg-changes");
        parameters.putAll(Collections.singletonMap("dryRun", null));

        assertThatThrownBy(() -> scenario().run("recycleOnEvents", parameters))
                .isInstanceOf(ParameterException.class)
                .hasMessageStartingWith("dryRun: null is not allowed");
    }

    @Test
    void whenTheBuildIsAborted_thenWhatHasNotBegunStaysInTheQueue() {
        // given
        Scenario scenario = changed().abortingAfter(tick -> tick == 2);

        // when
        scenario.run("recycleOnEvents", PARAMETERS);

        // then
        assertThat(launches(scenario, "shop-asg-1")).isZero();
        assertThat(waiting(scenario, "asg-changes").size()).isGreaterThanOrEqualTo(2);
    }
}
