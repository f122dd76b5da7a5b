package io.jenkins.plugins.amirefresh.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.account.AccountReader;
import io.jenkins.plugins.amirefresh.simulator.account.DeclaredGroup;
import io.jenkins.plugins.amirefresh.simulator.account.DeclaredTemplate;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import io.jenkins.plugins.amirefresh.simulator.kernel.Caller;
import io.jenkins.plugins.amirefresh.simulator.wire.RequestGenerator;
import io.jenkins.plugins.amirefresh.simulator.wire.SampleTexts;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The same seed, account and calls give the same event log, byte for byte, in this JVM and in another one. */
class DeterminismTest {

    private static final String REGION = "eu-west-1";

    @Test
    void whenTheSameCallsAreMadeTwice_thenTheLogsAreByteEqual() {
        String first = log();
        String second = log();

        assertThat(first.lines().count()).isGreaterThan(200);
        assertThat(second).isEqualTo(first);
    }

    /** Hashes that differ from JVM to JVM must not show. */
    @Test
    void whenAnotherJvmMakesThem_thenItsLogIsByteEqual() throws Exception {
        // given
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();

        // when
        Process other = new ProcessBuilder(java, "-Xshare:auto", "-cp", classPath, DeterminismTest.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String theirs = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        // then
        assertThat(other.waitFor()).isZero();
        assertThat(theirs).isEqualTo(log());
    }

    /** In the other JVM. */
    public static void main(String[] arguments) {
        new PrintStream(System.out, false, StandardCharsets.UTF_8).append(log()).flush();
    }

    private static String log() {
        Simulator simulator = Simulator.of(new AccountReader().sample());
        SplittableRandom random = new SplittableRandom(7);
        var region = simulator.account().accounts().get(0).region(REGION).orElseThrow();
        List<String> groups =
                region.autoScalingGroups().stream().map(DeclaredGroup::name).toList();
        SampleTexts texts = SampleTexts.from(
                simulator.state().at("/places/0").toString(),
                groups,
                region.launchTemplates().stream().map(DeclaredTemplate::name).toList());
        groups.forEach(group -> call(simulator, "autoscaling", "StartInstanceRefresh", refresh(group)));
        simulator.operations().forEach((service, operations) -> {
            var generator = new RequestGenerator(RequestGenerator.model(service), texts, random.split());
            for (String operation : operations) {
                for (int i = 0; i < 3; i++) {
                    call(simulator, service, operation, generator.valid(operation));
                }
                simulator.advanceTo(simulator.now().plus(Duration.ofSeconds(20)));
            }
        });
        simulator.advanceTo(simulator.now().plus(Duration.ofHours(3)));
        StringBuilder log = new StringBuilder();
        simulator.effects().forEach(effect -> log.append(effect).append('\n'));
        simulator.calls().forEach(call -> log.append(call.json()).append('\n'));
        return log.append(simulator.state()).append('\n').toString();
    }

    private static ObjectNode refresh(String group) {
        ObjectNode input = EchoService.node().put("AutoScalingGroupName", group);
        input.putObject("Preferences").put("MinHealthyPercentage", 50).put("InstanceWarmup", 30);
        return input;
    }

    private static void call(Simulator simulator, String service, String operation, ObjectNode input) {
        try {
            simulator.call(service, operation, input, new Caller("111111111111", REGION, "arn:aws:iam::1:user/x", "K"));
        } catch (AwsError refused) {
            // A refusal is an outcome like any other; the log of calls holds it.
            assertThat(refused.code()).isNotEmpty();
        }
    }
}
