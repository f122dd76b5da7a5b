package io.jenkins.plugins.amirefresh.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.amirefresh.aws.AwsClouds;
import io.jenkins.plugins.amirefresh.aws.AwsConnection;
import io.jenkins.plugins.amirefresh.model.AccountAccess;
import io.jenkins.plugins.amirefresh.model.AwsRegion;
import io.jenkins.plugins.amirefresh.step.events.EventWatch;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** What the trigger starts a job for: nothing is deleted before a build names it, and nothing starts twice. */
class EventWatchTest {

    private final Scenario scenario = Scenario.of("events.yaml");
    private final List<String> told = new ArrayList<>();
    private EventWatch.Memory memory = new EventWatch.Memory();

    private EventWatch.Due look(Set<String> recorded, Set<String> waiting, String... jobs) {
        SimulatorClock clock = new SimulatorClock(scenario.simulator());
        var keys = StaticCredentialsProvider.create(AwsBasicCredentials.create("scenario", "scenario"));
        try (var clouds = new AwsClouds(
                AwsConnection.of(scenario.simulator().sdkHttpClient(), id -> keys, clock, "trigger"), "fleet", 0)) {
            return new EventWatch(
                            clouds.cloud(AccountAccess.SELF, new AwsRegion("eu-west-1")),
                            clock,
                            new EventWatch.Watched("asg-changes", "fleet", Set.of(jobs), Duration.ofMinutes(1)),
                            Map.of(),
                            told::add,
                            memory)
                    .look(recorded, waiting);
        }
    }

    private void pass(Duration time) {
        scenario.simulator().advanceTo(scenario.simulator().now().plus(time));
    }

    private void update(String group) {
        new Colleague(scenario).calls("UpdateAutoScalingGroup", input -> input.put("AutoScalingGroupName", group)
                .putObject("LaunchTemplate")
                .put("LaunchTemplateId", "lt-0aaaaaaaaaaaaaaa1")
                .put("Version", "2"));
    }

    @Test
    void whenAGroupWasChanged_thenTheJobStartsOnceItIsQuietAndOnlyOnce() {
        // given
        update("shop-asg-1");
        update("pets-asg-1");

        // when
        EventWatch.Due early = look(Set.of(), Set.of());
        pass(Duration.ofMinutes(1));
        EventWatch.Due due = look(Set.of(), Set.of());
        pass(Duration.ofMinutes(1));
        EventWatch.Due whileItWaits = look(Set.of(), Set.copyOf(due.messages()));
        pass(Duration.ofMinutes(1));
        EventWatch.Due lostFromTheQueue = look(Set.of(), Set.of());
        pass(Duration.ofMinutes(1));
        EventWatch.Due started = look(Set.copyOf(due.messages()), Set.of());
        pass(Duration.ofMinutes(1));
        EventWatch.Due afterwards = look(Set.of(), Set.of());

        // then
        assertThat(early.groups()).isEmpty();
        assertThat(due.groups()).containsExactly("shop-asg-1");
        assertThat(due.messages()).hasSize(1);
        assertThat(whileItWaits.groups()).isEmpty();
        assertThat(lostFromTheQueue).isEqualTo(due);
        assertThat(started.groups()).isEmpty();
        assertThat(afterwards.groups()).isEmpty();
    }

    @Test
    void whenAGroupBelongsToAnotherJob_thenThisOneDoesNotStart() {
        // given
        new Colleague(scenario).calls("CreateOrUpdateTags", input -> input.putArray("Tags")
                .addObject()
                .put("ResourceId", "shop-asg-1")
                .put("ResourceType", "auto-scaling-group")
                .put("Key", "autorecycle_step_function_name")
                .put("Value", "mongo")
                .put("PropagateAtLaunch", false));
        update("shop-asg-1");
        pass(Duration.ofMinutes(2));

        // when
        EventWatch.Due own = look(Set.of(), Set.of(), "mongo");
        pass(Duration.ofMinutes(1));
        EventWatch.Due others = look(Set.of(), Set.of());

        // then
        assertThat(own.groups()).containsExactly("shop-asg-1");
        assertThat(others.groups()).isEmpty();
    }

    @Test
    void whenNobodyCanReadAMessage_thenItIsMovedWithTheReason() {
        // given
        new Colleague(scenario).calls("sqs", "SendMessage", input -> input.put(
                        "QueueUrl", "https://sqs.eu-west-1.amazonaws.com/111111111111/asg-changes")
                .put("MessageBody", "please"));

        // when
        EventWatch.Due due = look(Set.of(), Set.of());

        // then
        assertThat(due.groups()).isEmpty();
        assertThat(told).singleElement().asString().contains("it is no JSON");
        assertThat(new Colleague(scenario)
                        .calls(
                                "sqs",
                                "ReceiveMessage",
                                input -> input.put(
                                        "QueueUrl", "https://sqs.eu-west-1.amazonaws.com/111111111111/unread"))
                        .path("Messages"))
                .hasSize(1);
    }

    /** Its queue moves a message away that was received more than ten times. */
    @Test
    void whenTheBuildWaitsForHours_thenItsMessageIsReceivedOnceAndNeverMovedAway() {
        // given
        update("shop-asg-1");
        pass(Duration.ofMinutes(2));
        EventWatch.Due due = look(Set.of(), Set.of());

        // when
        for (int minute = 0; minute < 180; minute++) {
            pass(Duration.ofMinutes(1));
            assertThat(look(Set.of(), Set.copyOf(due.messages())).groups()).isEmpty();
        }

        // then
        assertThat(due.groups()).containsExactly("shop-asg-1");
        assertThat(look(Set.of(), Set.of()).messages()).isEqualTo(due.messages());
        look(Set.copyOf(due.messages()), Set.of());
        pass(Duration.ofMinutes(10));
        assertThat(look(Set.of(), Set.of()).groups()).isEmpty();
    }

    @Test
    void whenTheControllerStartsAgain_thenTheMessageComesAgainWithinMinutes() {
        // given
        update("shop-asg-1");
        pass(Duration.ofMinutes(2));
        EventWatch.Due due = look(Set.of(), Set.of());

        // when
        memory = new EventWatch.Memory();
        EventWatch.Due atOnce = look(Set.of(), Set.of());
        pass(Duration.ofMinutes(5));
        EventWatch.Due later = look(Set.of(), Set.of());

        // then
        assertThat(atOnce.groups()).isEmpty();
        assertThat(later).isEqualTo(due);
    }

    @Test
    void whenTheQueueHasNoSuchName_thenItIsRefused() {
        assertThatThrownBy(() -> new EventWatch.Watched("a queue", "fleet", Set.of(), Duration.ZERO))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("queue: 'a queue'");
    }
}
