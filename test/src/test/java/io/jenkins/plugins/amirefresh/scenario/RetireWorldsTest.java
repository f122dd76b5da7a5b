package io.jenkins.plugins.amirefresh.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.Simulator;
import io.jenkins.plugins.amirefresh.simulator.account.AccountReader;
import io.jenkins.plugins.amirefresh.simulator.kernel.Caller;
import io.jenkins.plugins.amirefresh.step.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * In random accounts no image goes that something needs, and every one goes that nothing needs. {@code -Dworlds=1000..2000} runs
 * other seeds.
 */
class RetireWorldsTest {

    private static final Map<String, Object> AT_ONCE = Map.ofEntries(
            Map.entry("keep", 1),
            Map.entry("keepVersions", 1),
            Map.entry("keepVersionsFor", "0s"),
            Map.entry("deprecateAfter", "0s"),
            Map.entry("disableAfter", "0s"),
            Map.entry("deregisterAfter", "0s"),
            Map.entry("regions", List.of("eu-west-1", "eu-west-2")),
            Map.entry("accounts", List.of("self", Retiring.THEIR_ROLE)),
            Map.entry("dryRun", false));

    @TempDir
    private Path folder;

    @Test
    void whenImagesAreRetired_thenNoneGoesThatIsNeededAndAllOthersDo() throws IOException {
        String[] seeds = System.getProperty("worlds", "0..60").split("\\.\\.", 2);
        for (long seed = Long.parseLong(seeds[0]); seed < Long.parseLong(seeds[1]); seed++) {
            judge(seed);
        }
    }

    private void judge(long seed) throws IOException {
        RetireWorld world = RetireWorld.of(seed);
        Simulator simulator = Simulator.of(new AccountReader().read("world-" + seed, world.yaml()));
        world.byHand().forEach(call -> call(simulator, call));
        Scenario scenario = Scenario.on(simulator, Files.createDirectory(folder.resolve("world-" + seed)));
        for (int call = 0; call < 3; call++) {
            Progress progress = scenario.run("retireAmis", AT_ONCE);
            assertThat(progress).as("world " + seed + "\n" + world.yaml()).isInstanceOf(Progress.Done.class);
            if (call == 1) {
                world.meanwhile().forEach(late -> call(simulator, late));
            }
        }
        assertThat(images(simulator))
                .as("world " + seed + "\n" + world.yaml() + String.join("\n", scenario.console()))
                .isEqualTo(world.expected());
        assertThat(snapshots(simulator))
                .as("snapshots of world " + seed)
                .isEqualTo(world.expected().size());
    }

    private static void call(Simulator simulator, RetireWorld.Call call) {
        simulator.call(call.service(), call.operation(), Retiring.json(call.input()), caller(call.region()));
    }

    private static Caller caller(String region) {
        return new Caller("111111111111", region, "arn:aws:iam::111111111111:user/owner", "owner");
    }

    private static Map<String, String> images(Simulator simulator) {
        Map<String, String> states = new TreeMap<>();
        for (String region : List.of("eu-west-1", "eu-west-2")) {
            ObjectNode request = JsonNodeFactory.instance
                    .objectNode()
                    .put("IncludeDeprecated", true)
                    .put("IncludeDisabled", true);
            request.putArray("Owners").add("self");
            for (JsonNode image : simulator
                    .call("ec2", "DescribeImages", request, caller(region))
                    .path("Images")) {
                boolean isDeprecated = image.hasNonNull("DeprecationTime");
                states.put(
                        image.path("ImageId").asText(),
                        image.path("State").asText() + (isDeprecated ? ", deprecated" : ""));
            }
        }
        return states;
    }

    private static int snapshots(Simulator simulator) {
        int count = 0;
        for (String region : List.of("eu-west-1", "eu-west-2")) {
            ObjectNode request = JsonNodeFactory.instance.objectNode();
            request.putArray("OwnerIds").add("self");
            count += simulator
                    .call("ec2", "DescribeSnapshots", request, caller(region))
                    .path("Snapshots")
                    .size();
        }
        return count;
    }
}
