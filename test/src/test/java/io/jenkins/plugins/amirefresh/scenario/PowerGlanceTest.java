package io.jenkins.plugins.amirefresh.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.journal.Json;
import io.jenkins.plugins.amirefresh.simulator.Simulator;
import io.jenkins.plugins.amirefresh.simulator.account.AccountReader;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import io.jenkins.plugins.amirefresh.simulator.kernel.Caller;
import io.jenkins.plugins.amirefresh.step.Progress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run reads in full what is not as its schedule wants it, and comes to the same as one that reads everything. */
class PowerGlanceTest {

    private static final Caller COLLEAGUE =
            new Caller("111111111111", "eu-west-1", "arn:aws:iam::111111111111:user/colleague", "colleague");

    /** Right, wrong, of the day, of the night, in other zones, with what only some instances have. */
    private static final List<String> DOCUMENTS = List.of(
            "{\"start\":\"0 8 * * 1-5\",\"stop\":\"55 17 * * 1-5\"}",
            "{ \"start\": \"0 8 * * 1-5\", \"stop\": \"55 17 * * 1-5\" }",
            "{\"start\":\"0 20 * * *\",\"stop\":\"0 5 * * *\",\"zone\":\"Asia/Kolkata\"}",
            "{\"start\":\"30 6 * * *\",\"stop\":\"30 7 * * *\",\"enforce\":true}",
            "{\"start\":\"0 8 * * *\",\"stop\":\"0 18 * * *\",\"sizes\":[{\"at\":\"0 12 * * *\",\"instanceType\":\"t3.large\"}]}",
            "{\"start\":\"0 8 * * *\",\"stop\":\"0 18 * * *\",\"description\":\"a \\\"b\\\" c?\"}",
            "{\"start\":\"0 8 * * *\"}",
            "neither");

    private static final List<String> ENVIRONMENTS = List.of(
            "Environment: dev",
            "environment: Dev",
            "ENVIRONMENT: test",
            "enVironMent: dev",
            "environment: PROD",
            "Team: shop");

    @TempDir
    private Path folder;

    private Simulator simulator =
            Simulator.of(new AccountReader().read("none", account(new Random(0), DOCUMENTS, ENVIRONMENTS)));

    private static String account(Random random, List<String> documents, List<String> environments) {
        StringBuilder yaml = new StringBuilder("start: \"2026-03-03T17:50:00Z\"\nseed: 5\naccounts:\n"
                + "  - id: \"111111111111\"\n    regions:\n      - name: eu-west-1\n        images: [{name: app-1}]\n"
                + "        launchTemplates:\n          - {name: web, versions: [{image: app-1}]}\n"
                + "          - {name: tagged, versions: [{image: app-1, instanceTags: {ec2Powercycle: '"
                + documents.get(0) + "'}}]}\n        autoScalingGroups:\n");
        for (int i = 0; i < 4; i++) {
            yaml.append("          - {name: group-" + i + ", launchTemplate: " + (i == 0 ? "tagged" : "web")
                    + ", min: 1, desired: 2, max: 4, tags: {Environment: dev, asgLifecycle: '"
                    + documents.get(random.nextInt(Math.min(4, documents.size()))) + "'}}\n");
        }
        yaml.append("        instances:\n");
        for (int i = 0; i < 40; i++) {
            boolean hasBoth = random.nextInt(4) == 0;
            yaml.append("          - {name: vm-" + i + ", image: app-1, tags: {"
                    + environments.get(random.nextInt(3) == 0 ? random.nextInt(environments.size()) : 0) + ", "
                    + (random.nextBoolean() || hasBoth ? "ec2Powercycle" : "asgLifecycle") + ": '"
                    + document(random, documents) + "'"
                    + (hasBoth ? ", asgLifecycle: '" + document(random, documents) + "'" : "") + "}}\n");
        }
        return yaml.toString();
    }

    private static String document(Random random, List<String> documents) {
        return documents.get(random.nextInt(documents.size()));
    }

    private Map<String, Object> result(Scenario build, Map<String, ?> parameters) {
        Progress progress = build.run("powerCycle", parameters);
        assertThat(progress).as(String.valueOf(build.console())).isInstanceOf(Progress.Done.class);
        Map<String, Object> result = new HashMap<>(((Progress.Done) progress).result());
        Map<String, Object> rows = new TreeMap<>();
        for (Object row : (List<?>) result.getOrDefault("resources", List.of())) {
            rows.put(String.valueOf(((Map<?, ?>) row).get("id")), row);
        }
        result.put("resources", rows);
        return result;
    }

    /** Starts, stops, ends and tags some instances by hand. */
    private void interfere(Random random) {
        List<String> ids = new ArrayList<>();
        for (JsonNode instance : simulator.fleet().path("instances")) {
            ids.add(instance.path("id").asText());
        }
        for (int i = 0; i < 4 && !ids.isEmpty(); i++) {
            String id = ids.get(random.nextInt(ids.size()));
            ObjectNode input = Json.mapper().createObjectNode();
            int what = random.nextInt(9);
            String operation = what < 4 ? "StartInstances" : what < 7 ? "StopInstances" : "CreateTags";
            if (what < 7) {
                input.putArray("InstanceIds").add(id);
            } else {
                input.putArray("Resources").add(id);
                input.putArray("Tags")
                        .addObject()
                        .put("Key", "ec2Powercycle")
                        .put("Value", document(random, DOCUMENTS));
            }
            try {
                simulator.call(
                        "ec2",
                        random.nextInt(12) == 0 && what < 7 ? "TerminateInstances" : operation,
                        input,
                        COLLEAGUE);
            } catch (AwsError e) {
                // Its state is not for that.
                assertThat(e.code()).isNotEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void whenLittleIsRead_thenItComesToTheSame(long seed) {
        Random random = new Random(seed);
        simulator = Simulator.of(new AccountReader().read("glance", account(random, DOCUMENTS, ENVIRONMENTS)));
        Scenario build = Scenario.on(simulator, folder);
        for (int i = 0; i < 12; i++) {
            // given
            interfere(random);
            simulator.advanceTo(simulator
                    .now()
                    .plus(random.nextBoolean() ? Duration.ofSeconds(7) : Duration.ofMinutes(random.nextInt(400))));

            // when
            Map<String, Object> little = result(build.nextBuild("little-" + i), Map.of("dryRun", true));
            Map<String, Object> all = result(build.nextBuild("all-" + i), Map.of("dryRun", true, "names", "*"));

            // then
            assertThat(little)
                    .as("seed " + seed + ", look " + i + " at " + simulator.now())
                    .isEqualTo(all);
            build.nextBuild("real-" + i).run("powerCycle", Map.of("failOn", "none"));
        }
    }

    @Test
    void whenAllIsRight_thenNoInstanceIsDescribedInFull() {
        // given
        String account = account(new Random(9), DOCUMENTS.subList(0, 1), ENVIRONMENTS.subList(0, 3))
                .replace("launchTemplate: tagged", "launchTemplate: web");
        simulator = Simulator.of(new AccountReader().read("right", account));
        Scenario build = Scenario.on(simulator, folder);
        build.run("powerCycle", Map.of());
        List<String> described = new ArrayList<>();

        // when
        Map<String, Object> result = result(
                build.nextBuild("next").misreadBy((call, answer) -> {
                    if (call.operation().equals("DescribeInstances") && answer.contains("<instanceId>")) {
                        described.add(answer);
                    }
                    return answer;
                }),
                Map.of());

        // then
        assertThat(result).containsEntry("unchanged", 44);
        assertThat(described).isEmpty();
    }
}
