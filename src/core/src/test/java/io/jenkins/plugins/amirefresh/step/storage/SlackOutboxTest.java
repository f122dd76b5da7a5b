package io.jenkins.plugins.amirefresh.step.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.step.SlackPosts.Attachment;
import io.jenkins.plugins.amirefresh.step.SlackPosts.Message;
import io.jenkins.plugins.amirefresh.step.SlackPosts.Receipt;
import io.jenkins.plugins.amirefresh.step.pagerduty.PagerDutyEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlackOutboxTest {

    private static final Receipt BUSY = new Receipt.Later("Slack answered 429", Duration.ofSeconds(30));
    private static final Receipt DOWN = new Receipt.Later("Slack answered 503", Duration.ZERO);
    private static final Receipt REFUSED = new Receipt.Refused("Slack answered channel_not_found");

    private final List<String> arrived = new ArrayList<>();
    private final List<String> log = new ArrayList<>();
    private final Deque<Receipt> answers = new ArrayDeque<>();
    private Instant now = Instant.parse("2026-11-22T17:00:00Z");
    private boolean answersAtOnce = true;

    @TempDir
    private Path folder;

    private SlackOutbox open() {
        return SlackOutbox.open(new Slack(), folder, clock(), log::add);
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
    }

    private static Message to(String channel, String text) {
        return new Message(channel, text, List.of(new Attachment("good", "title", "")), "", "");
    }

    @Test
    void whenSlackAsksToComeBack_thenItIsSentAgainThenAndNotBefore() {
        SlackOutbox outbox = open();
        answers.add(BUSY);

        assertThat(outbox.post("a", to("ops", "first")))
                .contains(new Receipt.Later("Slack answered 429", Duration.ZERO));
        assertThat(outbox.next()).contains(now.plusSeconds(30));
        now = now.plusSeconds(29);
        outbox.deliver();
        assertThat(arrived).isEmpty();
        now = now.plusSeconds(1);
        outbox.deliver();

        assertThat(arrived).containsExactly("ops: first");
        assertThat(outbox.isDone()).isTrue();
        assertThat(outbox.post("a", to("ops", "first"))).containsInstanceOf(Receipt.Posted.class);
        assertThat(arrived).hasSize(1);
    }

    @Test
    void whenOneWaits_thenLaterOnesOfItsChannelWaitBehindIt() {
        SlackOutbox outbox = open();
        answers.add(BUSY);

        outbox.post("a", to("ops", "first"));
        assertThat(outbox.post("b", to("ops", "second"))).isEmpty();
        assertThat(outbox.next()).contains(now.plusSeconds(30));
        outbox.post("c", to("dev", "other channel"));
        assertThat(arrived).containsExactly("dev: other channel");
        now = now.plusSeconds(30);
        outbox.deliver();

        assertThat(arrived).containsExactly("dev: other channel", "ops: first", "ops: second");
    }

    @Test
    void whenTheHostDiesMeanwhile_thenTheOrderStaysAndNothingIsDoubled() {
        answers.add(DOWN);
        SlackOutbox first = open();
        first.post("a", to("ops", "first"));
        first.post("b", to("ops", "second"));

        SlackOutbox second = open();
        now = now.plus(Duration.ofMinutes(5));
        second.deliver();
        SlackOutbox third = open();
        third.post("b", to("ops", "second"));
        third.post("c", to("ops", "third"));

        assertThat(arrived).containsExactly("ops: first", "ops: second", "ops: third");
        assertThat(open().isDone()).isTrue();
    }

    @Test
    void whenTheHostDiesWhileSlackAnswers_thenTheMessageIsNotSentTwice() {
        answersAtOnce = false;
        SlackOutbox first = open();
        assertThat(first.post("a", to("ops", "first"))).isEmpty();
        first.post("b", to("ops", "second"));
        assertThat(arrived).containsExactly("ops: first");

        answersAtOnce = true;
        SlackOutbox second = open();
        second.deliver();

        assertThat(second.post("a", to("ops", "first"))).containsInstanceOf(Receipt.Refused.class);
        assertThat(arrived).containsExactly("ops: first", "ops: second");
        assertThat(log).singleElement().asString().contains("'first'", "a restart lost Slack's answer");
    }

    @Test
    void whenSlackRefusesForGood_thenTheNextFollowsAndItIsSaid() {
        answers.add(REFUSED);
        SlackOutbox outbox = open();

        assertThat(outbox.post("a", to("nowhere", "first"))).contains(REFUSED);
        outbox.post("b", to("nowhere", "second"));

        assertThat(arrived).containsExactly("nowhere: second");
        assertThat(log).containsExactly("slack: #nowhere never got 'first': Slack answered channel_not_found");
    }

    @Test
    void whenSlackIsAwayForADay_thenItIsGivenUpAndTheNextIsTried() {
        SlackOutbox outbox = open();
        answers.add(DOWN);
        outbox.post("a", to("ops", "first"));
        int attempts = 1;
        while (!outbox.isDone()) {
            now = outbox.next().orElseThrow();
            answers.add(DOWN);
            outbox.deliver();
            attempts++;
        }

        assertThat(attempts).isBetween(280, 320);
        assertThat(log).containsExactly("slack: #ops never got 'first': Slack answered 503, for a day");
        answers.clear();
        outbox.post("b", to("ops", "second"));
        assertThat(arrived).containsExactly("ops: second");
    }

    @Test
    void whenAnOlderReleaseHasPosted_thenThatIsNotPostedAgain() throws IOException {
        Files.writeString(
                folder.resolve("step-7-slack.jsonl"),
                "{\"key\":\"weekly-12:step-7:notifySlack\",\"channel\":\"C1\",\"timestamp\":\"1700.1\"}\n");

        assertThat(open().post("weekly-12:step-7:notifySlack", to("ops", "first")))
                .contains(new Receipt.Posted("C1", "1700.1"));
        assertThat(arrived).isEmpty();
    }

    /** PagerDuty's key makes a repetition safe, and a page that is lost helps nobody. */
    @Test
    void whenTheHostDiesWhilePagerDutyAnswers_thenTheEventIsSentAgain() {
        PagerDutyEvent event = new PagerDutyEvent(
                "oncall",
                PagerDutyEvent.Action.TRIGGER,
                "ami-refresh/1/eu-west-1/web",
                "web: failed: too slow",
                "1/eu-west-1/web",
                "web",
                "shop");
        answersAtOnce = false;
        SlackOutbox first = open();
        assertThat(first.post("a", event.message())).isEmpty();

        answersAtOnce = true;
        SlackOutbox second = open();
        second.deliver();

        assertThat(second.post("a", event.message())).containsInstanceOf(Receipt.Posted.class);
        assertThat(arrived)
                .containsExactly("pagerduty:oncall: web: failed: too slow", "pagerduty:oncall: web: failed: too slow");
        assertThat(PagerDutyEvent.of(event.message())).contains(event);
        assertThat(log).isEmpty();
    }

    @Test
    void whenPagerDutyIsLimited_thenTheEventWaitsAsLongAsItSays() {
        answers.add(new Receipt.Later("PagerDuty answered 429", Duration.ofSeconds(90)));
        PagerDutyEvent event = new PagerDutyEvent(
                "oncall",
                PagerDutyEvent.Action.RESOLVE,
                "ami-refresh/1/eu-west-1/web",
                "web: refreshed",
                "web",
                "web",
                "");
        SlackOutbox outbox = open();
        outbox.post("a", event.message());
        now = now.plusSeconds(89);
        outbox.deliver();
        assertThat(arrived).isEmpty();

        now = now.plusSeconds(1);
        outbox.deliver();

        assertThat(arrived).containsExactly("pagerduty:oncall: web: refreshed");
    }

    private final class Slack implements SlackOutbox.Sender {
        @Override
        public boolean isConfigured() {
            return true;
        }

        @Override
        public CompletableFuture<Receipt> send(String key, Message message) {
            Receipt answer = answers.poll();
            if (answer != null) {
                return CompletableFuture.completedFuture(answer);
            }
            arrived.add(message.channel() + ": " + message.text());
            return answersAtOnce
                    ? CompletableFuture.completedFuture(new Receipt.Posted(message.channel(), "1." + arrived.size()))
                    : new CompletableFuture<>();
        }
    }
}
