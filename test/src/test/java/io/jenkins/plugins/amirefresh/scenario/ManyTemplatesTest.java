package io.jenkins.plugins.amirefresh.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.Simulator;
import io.jenkins.plugins.amirefresh.simulator.account.AccountReader;
import io.jenkins.plugins.amirefresh.simulator.kernel.Caller;
import io.jenkins.plugins.amirefresh.step.Progress;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An account with 500 launch templates, within AWS's own token buckets. */
class ManyTemplatesTest {

    private static final int TEMPLATES = 500;

    private static final Map<String, String> NEWEST = Map.of("ami", "newest");

    @TempDir
    private Path folder;

    private static Simulator account(int templates) {
        return account(templates, "{image: old}");
    }

    private static Simulator account(int templates, String versions) {
        return Simulator.of(new AccountReader()
                .read(
                        "many",
                        """
                        start: "2026-11-22T19:05:00Z"
                        seed: 3
                        accounts:
                          - id: "111111111111"
                            regions:
                              - name: eu-west-1
                                images:
                                  - {name: old, age: 7d, tags: {"ami-refresh:family": web}}
                                  - {name: new, age: 1h, tags: {"ami-refresh:family": web}}
                                launchTemplates:
                                  - {name: "web-{n}", count: %d, tags: {"ami-refresh:family": web}, versions: [%s]}
                        faults:
                          - {service: ec2, bucket: {}}
                        """
                                .formatted(templates, versions)));
    }

    /** How many templates have how many versions. */
    private static Map<Long, Integer> versions(Simulator simulator) {
        Map<Long, Integer> counts = new TreeMap<>();
        String account = simulator.account().defaultAccount().id();
        Caller caller = new Caller(account, "eu-west-1", "arn:aws:iam::" + account + ":user/test", "test");
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        while (true) {
            JsonNode page = simulator.call("ec2", "DescribeLaunchTemplates", request, caller);
            page.path("LaunchTemplates")
                    .forEach(template ->
                            counts.merge(template.path("LatestVersionNumber").asLong(), 1, Integer::sum));
            if (!page.hasNonNull("NextToken")) {
                break;
            }
            request.put("NextToken", page.path("NextToken").asText());
        }
        return counts;
    }

    @Test
    void whenThereAreFiveHundred_thenEachGetsOneVersionAndReadsArePages() {
        // given
        Simulator simulator = account(TEMPLATES);
        Map<String, Integer> calls = new TreeMap<>();
        Map<String, Integer> refused = new TreeMap<>();
        Scenario scenario = Scenario.on(simulator, folder).watchedBy(new MortalHttpClient.Watcher() {
            @Override
            public void sent(MortalHttpClient.Call call, int status) {
                (status == 200 ? calls : refused).merge(call.operation(), 1, Integer::sum);
            }
        });

        // when
        Progress progress = scenario.run("updateLaunchTemplates", NEWEST);

        // then
        assertThat(progress).isInstanceOf(Progress.Done.class);
        assertThat(versions(simulator)).containsOnly(Map.entry(2L, TEMPLATES));
        assertThat(calls).containsEntry("CreateLaunchTemplateVersion", TEMPLATES);
        calls.remove("CreateLaunchTemplateVersion");
        assertThat(calls.values().stream().mapToInt(Integer::intValue).sum())
                .as(calls.toString())
                .isLessThan(30);
        // AWS gives this API a larger bucket than the one of all changes, which is all that the simulator has.
        assertThat(refused.keySet()).isSubsetOf("CreateLaunchTemplateVersion");
    }

    /** The image is older than versions that nobody names, so each template is asked whether one has it already. */
    @Test
    void whenSingleTemplatesHaveToBeAsked_thenSeveralLooksDoItWithoutAskingTwice() {
        // given
        Simulator simulator = account(TEMPLATES, "{image: old}, {image: old}, {image: old, description: latest}");
        Map<String, Integer> calls = new TreeMap<>();
        Scenario scenario = Scenario.on(simulator, folder)
                .restartingAfter(tick -> tick % 3 == 0)
                .watchedBy(new MortalHttpClient.Watcher() {
                    @Override
                    public void sent(MortalHttpClient.Call call, int status) {
                        calls.merge(call.operation() + " " + status, 1, Integer::sum);
                    }
                });

        // when
        Progress progress = scenario.run("updateLaunchTemplates", NEWEST);

        // then
        assertThat(progress).isInstanceOf(Progress.Done.class);
        assertThat(versions(simulator)).containsOnly(Map.entry(4L, TEMPLATES));
        assertThat(calls).containsEntry("CreateLaunchTemplateVersion 200", TEMPLATES);
        assertThat(calls.get("DescribeLaunchTemplateVersions 200")).isBetween(TEMPLATES, TEMPLATES + 400);
    }

    @ParameterizedTest
    @EnumSource(Death.Moment.class)
    void whenTheHostIsKilledAtEachCall_thenNoTemplateGetsTwo(Death.Moment moment) {
        for (int call = 1; call <= 12; call++) {
            // given
            Simulator simulator = account(12);
            Scenario scenario =
                    Scenario.on(simulator, folder.resolve(moment + "-" + call)).dyingAt(call, moment);

            // when
            Progress progress = scenario.run("updateLaunchTemplates", NEWEST);

            // then
            assertThat(scenario.deaths()).isEqualTo(1);
            assertThat(progress).isInstanceOf(Progress.Done.class);
            assertThat(versions(simulator)).as(moment + " " + call).containsOnly(Map.entry(2L, 12));
        }
    }
}
