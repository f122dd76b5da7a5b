package io.jenkins.plugins.amirefresh.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.journal.Json;
import io.jenkins.plugins.amirefresh.simulator.kernel.Caller;
import io.jenkins.plugins.amirefresh.step.Processes;
import io.jenkins.plugins.amirefresh.step.Progress;
import io.jenkins.plugins.amirefresh.step.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** An image proves that it boots on one instance, of which nothing stays whatever happens. */
class BootTestTest {

    private static final String AMI = "ami-00000000000000001";

    private static final Map<String, Object> CHECKED =
            Map.of("checks", List.of(Map.of("http", "/health")), "timeLimit", "10m", "instanceType", "t3.small");

    private static final Caller PEOPLE =
            new Caller("111111111111", "eu-west-1", "arn:aws:iam::111111111111:user/a", "a");

    private static Scenario scenario(String... changes) {
        Scenario scenario = Scenario.of("boot.yaml", text -> {
            String changed = text;
            for (int i = 0; i < changes.length; i += 2) {
                assertThat(changed).contains(changes[i]);
                changed = changed.replace(changes[i], changes[i + 1]);
            }
            return changed;
        });
        // What buildAmi is asked rights for does for its boot test.
        scenario.simulator().holdTo("scenario", List.of(policy()));
        return built(scenario);
    }

    private static JsonNode policy() {
        try {
            return Json.mapper().readTree(Path.of("../resources/iam/build.json").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Scenario built(Scenario scenario) {
        Packer packer = new Packer();
        return scenario.hostedBy(host -> new DressedHost(host) {
            @Override
            public Processes processes() {
                return packer;
            }

            @Override
            public Workspace workspace() {
                return packer;
            }
        });
    }

    private static Map<String, ?> parameters(Map<String, Object> bootTest) {
        return Map.of(
                "family",
                "web",
                "variables",
                Map.of("source_ami_name", "base-*"),
                "reuse",
                false,
                "bootTest",
                bootTest);
    }

    private static Progress run(Scenario scenario) {
        return scenario.run("buildAmi", parameters(CHECKED));
    }

    private static JsonNode ask(Scenario scenario, String operation) {
        ObjectNode nothing = Json.mapper().createObjectNode();
        return scenario.simulator().call("ec2", operation, nothing, PEOPLE);
    }

    /** States by instance. */
    private static Map<String, String> instances(Scenario scenario) {
        Map<String, String> states = new TreeMap<>();
        ask(scenario, "DescribeInstances").path("Reservations").forEach(reservation -> reservation
                .path("Instances")
                .forEach(instance -> states.put(
                        instance.path("InstanceId").asText(),
                        instance.path("State").path("Name").asText())));
        return states;
    }

    private static void nothingIsLeft(Scenario scenario, String where) {
        scenario.settle();
        assertThat(instances(scenario).values()).as(where).allMatch("terminated"::equals);
        assertThat(ask(scenario, "DescribeVolumes").path("Volumes")).as(where).isEmpty();
    }

    private static String bad(Scenario scenario) {
        var own = Json.mapper().createObjectNode();
        own.putArray("Owners").add("self");
        StringBuilder found = new StringBuilder();
        scenario.simulator()
                .call("ec2", "DescribeImages", own, PEOPLE)
                .path("Images")
                .forEach(image -> image.path("Tags").forEach(tag -> {
                    if (tag.path("Key").asText().equals("ami-refresh:bad")) {
                        found.append(tag.path("Value").asText());
                    }
                }));
        return found.toString();
    }

    private static String message(Progress progress) {
        assertThat(progress).isInstanceOf(Progress.Failed.class);
        return ((Progress.Failed) progress).message();
    }

    @Test
    void whenItServes_thenTheStepGoesOnAndTheInstanceIsGone() {
        // given
        Scenario scenario = scenario();

        // when
        Progress end = run(scenario);

        // then
        assertThat(end).isInstanceOf(Progress.Done.class);
        assertThat(instances(scenario)).hasSize(1);
        nothingIsLeft(scenario, "passed");
        assertThat(bad(scenario)).isEmpty();
        assertThat(scenario.console())
                .anyMatch(line -> line.matches("web: boot test: i-\\w+, a t3.small from " + AMI + " in eu-west-1"))
                .anyMatch(
                        line -> line.matches("web: boot test: " + AMI + " in eu-west-1 passed, i-\\w+ is terminated"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            status: 200                          | status: 503                          | answered 503, expected 200
            http: [{path: /health, status: 200}] | statusChecks: impaired               | the status checks of i-
            """)
    void whenItFailsByItself_thenItIsMarkedBadAndTheStepFails(String healthy, String broken, String reason) {
        // given
        Scenario scenario = scenario(healthy, broken);

        // when
        Progress end = run(scenario);

        // then
        assertThat(message(end))
                .contains(AMI + " in eu-west-1 failed its boot test: ", reason, "marked bad and is not used again");
        assertThat(bad(scenario)).startsWith("boot test: ").contains(reason);
        nothingIsLeft(scenario, reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            launchError: {code: InsufficientInstanceCapacity, message: no room} | no instance was launched within PT10M
            launchError: {code: VcpuLimitExceeded, message: quota}              | VcpuLimitExceeded
            """)
    void whenAwsDoesNotLaunchIt_thenNobodyBlamesTheImage(String trouble, String reason) {
        // given
        Scenario scenario = scenario("http: [{path: /health, status: 200}]", trouble);

        // when
        Progress end = run(scenario);

        // then
        assertThat(message(end)).contains("is not proved by its boot test: ", "it is not marked bad");
        assertThat(message(end)).containsAnyOf(reason, "InsufficientInstanceCapacity");
        assertThat(bad(scenario)).isEmpty();
        nothingIsLeft(scenario, reason);
    }

    @ParameterizedTest
    @EnumSource(Death.Moment.class)
    void whenItsHostIsKilledAtAnyCall_thenItEndsAlikeAndOneInstanceWasLaunched(Death.Moment moment) {
        for (String status : List.of("status: 200", "status: 503")) {
            Scenario whole = scenario("status: 200", status);
            Progress expected = run(whole);
            for (int call = 1; call <= whole.mutating().size(); call++) {
                Scenario killed = scenario("status: 200", status).dyingAt(call, moment);
                Progress end = run(killed);
                String where = status + ", killed " + moment + " " + call + " of " + whole.mutating();
                assertThat(killed.deaths()).as(where).isEqualTo(1);
                assertThat(end.getClass()).as(where).isEqualTo(expected.getClass());
                assertThat(instances(killed)).as(where).hasSize(1);
                assertThat(bad(killed).isEmpty()).as(where).isEqualTo(bad(whole).isEmpty());
                nothingIsLeft(killed, where);
            }
        }
    }

    @Test
    void whenItsHostRestartsAfterEveryTick_thenItEndsAlike() {
        Scenario scenario = scenario().restartingAfter(tick -> true);

        assertThat(run(scenario)).isInstanceOf(Progress.Done.class);

        assertThat(instances(scenario)).hasSize(1);
        nothingIsLeft(scenario, "restarted");
    }

    @Test
    void whenItIsAborted_thenNothingIsLeftAtAnyStage() {
        Scenario whole = scenario();
        run(whole);
        for (int tick = 1; tick < whole.ticks(); tick++) {
            int last = tick;
            Scenario aborted = scenario().abortingAfter(now -> now == last);
            Progress end = run(aborted);
            String where = "aborted after tick " + tick + " of " + whole.ticks();
            assertThat(message(end)).as(where).contains("stopped");
            assertThat(instances(aborted).size()).as(where).isLessThan(2);
            assertThat(bad(aborted)).as(where).isEmpty();
            nothingIsLeft(aborted, where);
        }
    }

    @Test
    void whenARunVanishes_thenTheNextOneTerminatesItsInstanceOnceItsTimeIsOver() {
        // given
        Scenario scenario = scenario("status: 200", "status: 503");
        scenario.runAndVanish("buildAmi", parameters(CHECKED), 14);
        assertThat(instances(scenario).values()).containsAnyOf("running", "pending");

        // when
        run(built(scenario.nextBuild("weekly-2")));
        long soon = instances(scenario).values().stream()
                .filter(state -> !state.equals("terminated") && !state.equals("shutting-down"))
                .count();
        scenario.simulator().advanceTo(scenario.simulator().now().plus(Duration.ofHours(2)));
        run(built(scenario.nextBuild("weekly-3")));

        // then
        assertThat(soon).isEqualTo(1);
        nothingIsLeft(scenario, "vanished");
    }

    /** A Packer whose build announces the image, and a workspace in memory. */
    private static final class Packer implements Processes, Workspace {

        private static final String BUILT = "1795250746,amazon-ebs.image,artifact,0,id,eu-west-1:" + AMI + "\n";

        private final Map<String, String> started = new HashMap<>();
        private final Map<String, String> files = new TreeMap<>();
        private final List<String> stopped = new ArrayList<>();

        @Override
        public void start(String key, List<String> command, Map<String, String> environment) {
            started.putIfAbsent(key, command.get(1));
        }

        @Override
        public Output poll(String key, long offset) {
            String text =
                    switch (started.getOrDefault(key, "")) {
                        case "version" -> "1795250747,,version,1.6.6\n";
                        case "build" -> BUILT;
                        default -> "";
                    };
            return new Output(text.substring((int) offset), text.length(), OptionalInt.of(0));
        }

        @Override
        public void stop(String key) {
            stopped.add(key);
        }

        @Override
        public void forget(String key) {
            started.remove(key);
        }

        @Override
        public boolean isPresent() {
            return true;
        }

        @Override
        public Optional<String> read(String path) {
            return Optional.ofNullable(files.get(path));
        }

        @Override
        public Optional<String> digest(String path) {
            return read(path).map(text -> Integer.toHexString(text.hashCode()));
        }

        @Override
        public Map<String, String> digests(String folder) {
            Map<String, String> digests = new TreeMap<>();
            files.forEach((path, text) -> {
                if (path.startsWith(folder + "/")) {
                    digests.put(path.substring(folder.length() + 1), Integer.toHexString(text.hashCode()));
                }
            });
            return digests;
        }

        @Override
        public void write(String path, String text) {
            files.put(path, text);
        }
    }
}
