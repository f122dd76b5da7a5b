package io.jenkins.plugins.amirefresh.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.events.Audience;
import io.jenkins.plugins.amirefresh.events.ChangeEvent;
import io.jenkins.plugins.amirefresh.events.EventReader;
import io.jenkins.plugins.amirefresh.events.Inbox;
import io.jenkins.plugins.amirefresh.events.Letter;
import io.jenkins.plugins.amirefresh.events.Letter.Fate;
import io.jenkins.plugins.amirefresh.events.Reading;
import io.jenkins.plugins.amirefresh.events.RecycleTags;
import io.jenkins.plugins.amirefresh.events.Verdict;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.simulator.Simulator;
import io.jenkins.plugins.amirefresh.simulator.account.AccountFile;
import io.jenkins.plugins.amirefresh.simulator.account.AccountReader;
import io.jenkins.plugins.amirefresh.simulator.kernel.Caller;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Streams of events ({@code -Dstreams=10000} for as many) through the simulator's queue: duplicates, late and mixed up, in bursts, between messages that
 * nobody can read, with a reader that may die between any two calls and starts again from what was saved. Afterwards every group
 * that has to be was recycled to its last version, once for each version that was there when it began, and no other group.
 */
class EventStreamsTest {

    private static final int STREAMS = Integer.getInteger("streams", 200);
    private static final String QUEUE = "https://sqs.eu-west-1.amazonaws.com/111111111111/changes";
    private static final Inbox.Calm CALM = new Inbox.Calm(Duration.ofMinutes(1), Duration.ofMinutes(5));
    private static final List<String> GROUPS = List.of("a", "b", "c", "out");
    private static final Caller CALLER =
            new Caller("111111111111", "eu-west-1", "arn:aws:iam::111111111111:user/test", "test");
    private static final AccountFile ACCOUNT = new AccountReader()
            .read(
                    "streams.yaml",
                    """
                    start: "2026-11-24T10:00:00Z"
                    seed: 1
                    accounts:
                      - {id: "111111111111", regions: [{name: eu-west-1, queues: [{name: changes, visibilityTimeout: 30s}, {name: unread}]}]}
                    """);

    /** The reader died; what it did not save is gone. */
    private static final class DeathException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** One stream, its world and its reader. */
    private static final class Stream {
        private final Random random;
        private final Simulator simulator = Simulator.of(ACCOUNT);
        private final Map<String, Integer> wanted = new HashMap<>();
        private final Map<String, List<Integer>> recycled = new TreeMap<>();
        private final EventReader reader = new EventReader(RecycleTags.configured(Map.of()));
        private Map<String, Letter> saved = new LinkedHashMap<>();
        private Map<GroupKey, Verdict> savedVerdicts = new TreeMap<>();
        private Set<GroupKey> begun = new TreeSet<>();
        private int poison;
        private int mortality;

        Stream(long seed) {
            random = new Random(seed);
            mortality = random.nextInt(3) == 0 ? 0 : 5 + random.nextInt(20);
        }

        private JsonNode call(String operation, String queue, ObjectNode input) {
            if (mortality > 0 && random.nextInt(mortality) == 0) {
                boolean isDone = random.nextBoolean();
                if (isDone) {
                    simulator.call("sqs", operation, input.put("QueueUrl", QUEUE.replace("changes", queue)), CALLER);
                }
                throw new DeathException();
            }
            return simulator.call("sqs", operation, input.put("QueueUrl", QUEUE.replace("changes", queue)), CALLER);
        }

        private void send(String body) {
            ObjectNode input = JsonNodeFactory.instance.objectNode();
            input.put("QueueUrl", QUEUE).put("MessageBody", body);
            if (random.nextInt(3) == 0) {
                input.put("DelaySeconds", random.nextInt(300));
            }
            simulator.call("sqs", "SendMessage", input, CALLER);
        }

        /** Somebody gives a group a version; the event may come twice, late, and with others between. */
        private void change() {
            String group = GROUPS.get(random.nextInt(GROUPS.size()));
            wanted.merge(group, 1, Integer::sum);
            String body = "{\"account\": \"111111111111\", \"region\": \"eu-west-1\", \"detail\": {\"eventTime\": \""
                    + simulator.now() + "\", \"eventName\": \"UpdateAutoScalingGroup\", \"requestParameters\":"
                    + " {\"autoScalingGroupName\": \"" + group + "\", \"launchTemplate\": {}}}}";
            for (int copies = 1 + random.nextInt(3); copies > 0; copies--) {
                send(body);
            }
        }

        private void disturb() {
            switch (random.nextInt(4)) {
                case 0 -> {
                    send("please " + poison);
                    poison++;
                }
                case 1 -> send("{\"detail\": {\"eventName\": \"SetDesiredCapacity\", \"requestParameters\": {}}}");
                case 2 ->
                    send("{\"detail\": {\"eventName\": \"UpdateAutoScalingGroup\", \"errorCode\": \"X\","
                            + " \"requestParameters\": {\"autoScalingGroupName\": \"a\", \"launchTemplate\": {}}}}");
                default ->
                    send("{\"detail\": {\"eventName\": \"UpdateAutoScalingGroup\", \"userAgent\": \"ami-refresh/1\","
                            + " \"requestParameters\": {\"autoScalingGroupName\": \"b\", \"launchTemplate\": {}}}}");
            }
        }

        void run() {
            int changes = 1 + random.nextInt(4);
            while (changes > 0 || random.nextInt(4) > 0) {
                if (changes > 0 && random.nextInt(3) > 0) {
                    change();
                    changes--;
                }
                if (random.nextInt(4) == 0) {
                    disturb();
                }
                tick();
                simulator.advanceTo(simulator.now().plusSeconds(5 + random.nextInt(60)));
            }
            mortality = 0;
            Instant end = simulator.now().plus(Duration.ofMinutes(25));
            while (simulator.now().isBefore(end)) {
                tick();
                simulator.advanceTo(simulator.now().plusSeconds(40));
            }
        }

        /** What the step does in a tick: save, then call; each call may be the reader's last. */
        private void tick() {
            try {
                Map<String, Letter> letters = new LinkedHashMap<>(saved);
                receive(letters);
                saved = letters;
                decide();
                settle();
            } catch (DeathException death) {
                // The next tick starts from what was saved.
            }
        }

        private void receive(Map<String, Letter> letters) {
            ObjectNode input = JsonNodeFactory.instance.objectNode();
            input.put("MaxNumberOfMessages", 10);
            for (JsonNode message : call("ReceiveMessage", "changes", input).path("Messages")) {
                String id = message.path("MessageId").asText();
                String receipt = message.path("ReceiptHandle").asText();
                Letter known = letters.get(id);
                Letter again =
                        known == null ? letter(id, receipt, message.path("Body").asText()) : known.again(receipt);
                letters.put(
                        id, again.fate() == Fate.GONE || again.fate() == Fate.LEFT ? reopened(again, message) : again);
            }
        }

        /** A deleted one that came again has done its work; one that was left is read anew, as by the next build. */
        private Letter reopened(Letter letter, JsonNode message) {
            return letter.fate() == Fate.GONE
                    ? letter.with(Fate.SETTLED, "")
                    : letter(letter.id(), letter.receipt(), message.path("Body").asText());
        }

        private Letter letter(String id, String receipt, String body) {
            Reading reading = reader.read(body);
            ChangeEvent event = reading instanceof Reading.Change change ? change.event() : null;
            Fate fate = event != null ? Fate.OPEN : reading instanceof Reading.Poison ? Fate.POISON : Fate.SETTLED;
            List<GroupKey> groups = event == null
                    ? null
                    : event.names().stream()
                            .map(name -> GroupKey.parse("111111111111/eu-west-1/" + name))
                            .toList();
            Instant now = simulator.now();
            return new Letter(id, 0, receipt, now, now, event, groups, fate, "", body, null);
        }

        private Inbox inbox() {
            return new Inbox(saved.values(), savedVerdicts, begun::contains, begun::contains);
        }

        private void decide() {
            for (Inbox.Pending pending : inbox().pending(CALM)) {
                if (!simulator.now().isBefore(pending.due())) {
                    String name = pending.group().name().value();
                    Verdict.Word word = name.equals("out") ? Verdict.Word.IGNORED : Verdict.Word.RECYCLED;
                    savedVerdicts.put(
                            pending.group(), new Verdict(pending.group(), simulator.now(), word, "", Audience.NONE));
                    if (word == Verdict.Word.RECYCLED) {
                        begin(pending.group());
                    }
                }
            }
        }

        /** Level-triggered, as the engine: a group that runs what it launches is left alone. */
        private void begin(GroupKey group) {
            begun.add(group);
            List<Integer> versions = recycled.computeIfAbsent(group.name().value(), any -> new ArrayList<>());
            int now = wanted.getOrDefault(group.name().value(), 0);
            if (versions.isEmpty() || versions.get(versions.size() - 1) != now) {
                versions.add(now);
            }
        }

        private void settle() {
            Map<String, Letter> letters = new LinkedHashMap<>();
            boolean isLeft = false;
            for (Letter letter : saved.values()) {
                Fate fate = letter.fate() == Fate.OPEN ? inbox().fate(letter) : letter.fate();
                isLeft |= fate == Fate.LEFT;
                letters.put(letter.id(), letter.with(fate, ""));
            }
            saved = letters;
            for (Letter letter : List.copyOf(letters.values())) {
                if (letter.fate() == Fate.POISON) {
                    call(
                            "SendMessage",
                            "unread",
                            JsonNodeFactory.instance.objectNode().put("MessageBody", "x" + letter.body()));
                }
                if (letter.fate() == Fate.POISON || letter.fate() == Fate.SETTLED) {
                    call(
                            "DeleteMessage",
                            "changes",
                            JsonNodeFactory.instance.objectNode().put("ReceiptHandle", letter.receipt()));
                    saved.put(letter.id(), letter.gone());
                }
            }
            if (isLeft) {
                // The build ends, and the next one reads what was left.
                saved = new LinkedHashMap<>();
                savedVerdicts = new TreeMap<>();
                begun = new TreeSet<>();
            }
        }

        private int inQueue() {
            simulator.advanceTo(simulator.now().plus(Duration.ofMinutes(10)));
            ObjectNode input = JsonNodeFactory.instance.objectNode().put("QueueUrl", QUEUE);
            input.putArray("AttributeNames").add("All");
            return simulator
                    .call("sqs", "GetQueueAttributes", input, CALLER)
                    .path("Attributes")
                    .path("ApproximateNumberOfMessages")
                    .asInt();
        }

        private Set<String> unread() {
            Set<String> bodies = new TreeSet<>();
            for (int look = 0; look < 10; look++) {
                ObjectNode input = JsonNodeFactory.instance
                        .objectNode()
                        .put("QueueUrl", QUEUE.replace("changes", "unread"))
                        .put("MaxNumberOfMessages", 10);
                simulator
                        .call("sqs", "ReceiveMessage", input, CALLER)
                        .path("Messages")
                        .forEach(message -> bodies.add(message.path("Body").asText()));
            }
            return bodies;
        }
    }

    @Test
    void whenEventsStreamThroughAQueue_thenEveryGroupThatIsDueIsRecycledOnceForWhatItIs() {
        for (long seed = 1; seed <= STREAMS; seed++) {
            Stream stream = new Stream(seed);
            stream.run();
            String where = "seed " + seed + ": wanted " + stream.wanted + ", recycled " + stream.recycled;
            assertThat(stream.recycled.keySet()).as(where).doesNotContain("out");
            stream.recycled.forEach((group, versions) ->
                    assertThat(versions).as(where).doesNotHaveDuplicates().doesNotContain(0));
            stream.wanted.forEach((group, version) -> {
                if (!group.equals("out")) {
                    List<Integer> versions = stream.recycled.getOrDefault(group, List.of());
                    assertThat(versions).as(where).isNotEmpty();
                    assertThat(versions.get(versions.size() - 1)).as(where).isEqualTo(version);
                }
            });
            assertThat(stream.inQueue()).as(where).isZero();
            assertThat(stream.unread()).as(where).hasSize(stream.poison);
        }
    }
}
