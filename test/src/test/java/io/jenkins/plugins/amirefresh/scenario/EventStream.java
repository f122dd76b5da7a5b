package io.jenkins.plugins.amirefresh.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.amirefresh.simulator.Simulator;
import io.jenkins.plugins.amirefresh.simulator.account.AccountFile;
import io.jenkins.plugins.amirefresh.simulator.account.AccountReader;
import io.jenkins.plugins.amirefresh.simulator.wire.ServiceModels;
import io.jenkins.plugins.amirefresh.step.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A random stream of events and the builds that read it, through the real step, SDK and state files: others bring groups to new
 * versions, the events of that come once to three times, late and mixed up, between messages that nobody can read, that tell of
 * no change or of one of ours; the host dies before or after any call, or starts again from the disk after any tick.
 */
final class EventStream {

    /** What is known to go wrong, so that it can be seen to be found. */
    enum Plant {
        NONE,
        /** Whoever receives a message deletes it, before anything of it is on the disk. */
        DELETED_AT_RECEIPT,
        /** The message about a group's last change never comes. */
        LOST
    }

    private static final String QUEUE = "https://sqs.eu-west-1.amazonaws.com/111111111111/changes";
    private static final List<String> GROUPS = List.of("a", "b", "c", "out");
    /** Each tick forces files to the disk, which is most of the time that a stream takes, unless there is none. */
    private static final Path FILES = Stream.of(Path.of("/dev/shm"), Path.of(System.getProperty("java.io.tmpdir")))
            .filter(Files::isWritable)
            .findFirst()
            .orElseThrow();

    private static final int SIZE = 1;
    private static final int MOST_BUILDS = 12;
    private static final Pattern LAUNCHED = Pattern.compile("launched into (\\w+) from .*?([0-9]+)$");
    private static final ServiceModels MODELS = new ServiceModels();
    private static final AccountFile ACCOUNT = new AccountReader()
            .read(
                    "streams.yaml",
                    """
                    start: "2026-11-24T10:00:00Z"
                    seed: 1
                    accounts:
                      - id: "111111111111"
                        regions:
                          - name: eu-west-1
                            images: [{name: app}]
                            launchTemplates: [{id: lt-0aaaaaaaaaaaaaaa1, name: shop, versions: [{image: app, userData: "1"}, {image: app, userData: "2"}, {image: app, userData: "3"}, {image: app, userData: "4"}, {image: app, userData: "5"}]}]
                            autoScalingGroups:
                              - {name: a, launchTemplate: shop, version: 1, min: 0, desired: 1, max: 2, tags: {autorecycle_recycle_on_asg_update: "true", autorecycle_strategy: in-out}}
                              - {name: b, launchTemplate: shop, version: 1, min: 1, desired: 1, max: 2, tags: {autorecycle_recycle_on_asg_update: "true", autorecycle_strategy: out-in}}
                              - {name: c, launchTemplate: shop, version: 1, min: 1, desired: 1, max: 2, tags: {autorecycle_recycle_on_asg_update: "true", autorecycle_strategy: rolling}}
                              - {name: out, launchTemplate: shop, version: 1, min: 1, desired: 1, max: 2}
                            queues: [{name: changes, deadLetterQueue: unread, maxReceiveCount: 20}, {name: unread}]
                    """);

    private record Happening(Instant at, Runnable what) {}

    private final long seed;
    private final Random random;
    private final Plant plant;
    private final Simulator simulator = Simulator.of(ACCOUNT, MODELS);
    private final Map<String, Integer> wanted = new TreeMap<>();
    private final List<Happening> happenings = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private int poison;
    private int deaths;

    private EventStream(long seed, Plant plant) {
        this.seed = seed;
        this.plant = plant;
        this.random = new Random(seed);
    }

    /** What a stream came to: each violation as a sentence. */
    record Outcome(long seed, int changes, int deaths, List<String> violations) {}

    static Outcome of(long seed, Plant plant) {
        return new EventStream(seed, plant).run();
    }

    private Outcome run() {
        Path directory = null;
        try {
            directory = Files.createTempDirectory(FILES, "stream");
            Scenario scenario = Scenario.on(simulator, directory);
            int before = scenario.effects().all().size();
            plan(new Colleague(scenario));
            builds(scenario);
            judge(scenario, before);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException | AssertionError e) {
            violations.add("ended by " + e);
        } finally {
            delete(directory);
        }
        int changes = wanted.values().stream().mapToInt(version -> version - 1).sum();
        return new Outcome(
                seed,
                changes,
                deaths,
                violations.stream().map(text -> "seed " + seed + ": " + text).toList());
    }

    private static void delete(@Nullable Path directory) {
        if (directory == null) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void plan(Colleague colleague) {
        Instant at = simulator.now();
        for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
            at = at.plusSeconds(random.nextInt(3) == 0 ? 0 : random.nextInt(400));
            String group = GROUPS.get(random.nextInt(GROUPS.size()));
            int version = wanted.merge(group, 2, (known, two) -> known + 1);
            happenings.add(new Happening(
                    at,
                    () -> colleague.calls("UpdateAutoScalingGroup", input -> input.put("AutoScalingGroupName", group)
                            .putObject("LaunchTemplate")
                            .put("LaunchTemplateId", "lt-0aaaaaaaaaaaaaaa1")
                            .put("Version", String.valueOf(version)))));
            boolean isLost = plant == Plant.LOST && changes == 1;
            for (int copies = isLost ? 0 : 1 + random.nextInt(3); copies > 0; copies--) {
                send(colleague, at, changed(group, at, ""));
            }
            if (random.nextInt(2) == 0) {
                send(colleague, at, disturbance(at));
            }
        }
    }

    private static String changed(String group, Instant at, String more) {
        return "{\"account\": \"111111111111\", \"region\": \"eu-west-1\", \"detail\": {\"eventTime\": \"" + at
                + "\", \"eventName\": \"UpdateAutoScalingGroup\"" + more + ", \"requestParameters\":"
                + " {\"autoScalingGroupName\": \"" + group + "\", \"launchTemplate\": {}}}}";
    }

    private String disturbance(Instant at) {
        return switch (random.nextInt(5)) {
            case 0 -> "please " + poison++;
            case 1 -> "{\"detail\": {\"eventName\": \"SetDesiredCapacity\", \"requestParameters\": {}}}";
            case 2 -> changed("a", at, ", \"errorCode\": \"X\"");
            case 3 -> changed("b", at, ", \"userAgent\": \"ami-refresh/1\"");
            default -> changed("nobody", at, "");
        };
    }

    private void send(Colleague colleague, Instant at, String body) {
        Instant when =
                random.nextInt(3) == 0 ? at.plusSeconds(random.nextInt(300)) : at.plusSeconds(random.nextInt(20));
        happenings.add(new Happening(
                when,
                () -> colleague.calls("sqs", "SendMessage", input -> input.put("QueueUrl", QUEUE)
                        .put("MessageBody", body))));
    }

    /** Lets time pass until then, with what others do meanwhile. */
    private void pass(Instant until) {
        List<Happening> due = happenings.stream()
                .filter(happening -> !happening.at().isAfter(until))
                .sorted(Comparator.comparing(Happening::at))
                .toList();
        happenings.removeAll(due);
        due.forEach(happening -> {
            if (happening.at().isAfter(simulator.now())) {
                simulator.advanceTo(happening.at());
            }
            happening.what().run();
        });
        if (until.isAfter(simulator.now())) {
            simulator.advanceTo(until);
        }
    }

    private void builds(Scenario first) {
        Scenario scenario = first;
        int number = 1;
        while (!happenings.isEmpty() || waiting(new Colleague(first)) > 0) {
            if (number > MOST_BUILDS) {
                violations.add("the queue is not empty after " + MOST_BUILDS + " builds: " + scenario.console());
                return;
            }
            Progress end = dressed(scenario)
                    .run(
                            "recycleOnEvents",
                            Map.of(
                                    "queue", "changes",
                                    "listenFor", "5m",
                                    "quietAtMost", "5m",
                                    "recycle", Map.of("instanceWarmup", "0s", "failOn", "none")));
            deaths += scenario.deaths();
            if (!(end instanceof Progress.Done)) {
                violations.add("build " + number + " ended " + end);
            }
            number++;
            pass(simulator.now().plusSeconds(60 + random.nextInt(120)));
            scenario = scenario.nextBuild("weekly-" + number);
        }
    }

    private Scenario dressed(Scenario scenario) {
        Map<Integer, Death.Moment> fatal = new HashMap<>();
        for (int death = random.nextInt(4); death > 0; death--) {
            fatal.put(
                    1 + random.nextInt(40),
                    random.nextBoolean() ? Death.Moment.BEFORE_THE_CALL : Death.Moment.BEFORE_THE_ANSWER);
        }
        int restarts = random.nextInt(3) == 0 ? 1 + random.nextInt(10) : Integer.MAX_VALUE;
        scenario.dyingAt(fatal).restartingAfter(tick -> tick % restarts == 0).passingTimeBy(this::pass);
        if (plant == Plant.DELETED_AT_RECEIPT) {
            scenario.watchedBy(new MortalHttpClient.Watcher() {
                @Override
                public void sent(MortalHttpClient.Call call, int status) {
                    if (call.operation().equals("ReceiveMessage")) {
                        new Colleague(scenario).calls("sqs", "PurgeQueue", input -> input.put("QueueUrl", QUEUE));
                    }
                }
            });
        }
        return scenario;
    }

    /** Messages that are there, visible or not. */
    private int waiting(Colleague others) {
        JsonNode attributes = others.calls("sqs", "GetQueueAttributes", input -> {
                    input.put("QueueUrl", QUEUE);
                    input.putArray("AttributeNames").add("All");
                })
                .path("Attributes");
        return attributes.path("ApproximateNumberOfMessages").asInt()
                + attributes.path("ApproximateNumberOfMessagesNotVisible").asInt()
                + attributes.path("ApproximateNumberOfMessagesDelayed").asInt();
    }

    /** Each version that a group was brought to was launched once, the last one named is there, and nobody else was touched. */
    private void judge(Scenario scenario, int before) {
        simulator.advanceTo(simulator.now().plus(Duration.ofMinutes(30)));
        Map<String, Integer> launches = new TreeMap<>();
        scenario.effects().all().stream().skip(before).forEach(effect -> {
            Matcher launched = LAUNCHED.matcher(effect.change());
            if (launched.find()) {
                launches.merge(launched.group(1) + " " + launched.group(2), 1, Integer::sum);
            }
        });
        String what = "wanted " + wanted + ", launched " + launches + ", console " + scenario.console();
        launches.forEach((launch, times) -> {
            long interrupted = interrupted(scenario, launch.substring(0, launch.indexOf(' ')));
            boolean isOnce = times >= SIZE && times <= SIZE + interrupted;
            if (!isOnce || launch.startsWith("out ") || launch.endsWith(" 1")) {
                violations.add(launch + " launched " + times + " times; " + what);
            }
        });
        wanted.forEach((group, version) -> {
            boolean isDue = !group.equals("out");
            if (isDue && launches.getOrDefault(group + " " + version, 0) < SIZE) {
                violations.add(group + " never came to version " + version + "; " + what);
            }
        });
        scenario.fleet().groups().forEach((name, group) -> {
            int version = name.equals("out") ? 1 : wanted.getOrDefault(name, 1);
            String named = String.valueOf(wanted.getOrDefault(name, 1));
            boolean isLeft = group.tags().keySet().stream()
                    .anyMatch(tag -> tag.startsWith("ami-refresh:restore") || tag.startsWith("ami-refresh:lease"));
            if (isLeft
                    || !group.suspended().isEmpty()
                    || group.max() != 2
                    || !group.launches().equals(named)
                    || !group.instances().equals(Map.of(version + " InService Healthy", (long) SIZE))) {
                violations.add(name + " is left as " + group + "; " + what);
            }
        });
        Set<String> unread = unread(scenario);
        if (unread.size() != poison) {
            violations.add(poison + " messages that nobody can read, moved: " + unread + "; " + what);
        }
    }

    /**
     * How often a refresh ended since others wrote the next version: what it had just launched may be of that one, and goes
     * again with what is temporary.
     */
    private static long interrupted(Scenario scenario, String group) {
        return scenario.console().stream()
                .filter(line -> line.startsWith(group + ": failed: others set the group's launch template version"))
                .count();
    }

    private static Set<String> unread(Scenario scenario) {
        Set<String> bodies = new TreeSet<>();
        for (int look = 0; look < 5; look++) {
            new Colleague(scenario)
                    .calls("sqs", "ReceiveMessage", input -> {
                        input.put("QueueUrl", QUEUE.replace("changes", "unread"))
                                .put("MaxNumberOfMessages", 10);
                        input.putArray("MessageAttributeNames").add("All");
                    })
                    .path("Messages")
                    .forEach(message -> {
                        if (message.path("MessageAttributes").has("Reason")) {
                            bodies.add(message.path("Body").asText());
                        }
                    });
        }
        return bodies;
    }
}
