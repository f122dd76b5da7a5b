package io.jenkins.plugins.amirefresh.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.amirefresh.simulator.account.AccountReader;
import io.jenkins.plugins.amirefresh.simulator.account.DeclaredGroup;
import io.jenkins.plugins.amirefresh.simulator.account.DeclaredRegion;
import io.jenkins.plugins.amirefresh.simulator.account.DeclaredTemplate;
import io.jenkins.plugins.amirefresh.simulator.kernel.Caller;
import io.jenkins.plugins.amirefresh.simulator.wire.AnswerCheck;
import io.jenkins.plugins.amirefresh.simulator.wire.RequestGenerator;
import io.jenkins.plugins.amirefresh.simulator.wire.RequestWriter;
import io.jenkins.plugins.amirefresh.simulator.wire.SampleTexts;
import io.jenkins.plugins.amirefresh.simulator.wire.ServiceModel;
import io.jenkins.plugins.amirefresh.simulator.wire.WireResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Requests generated from AWS's models, through the real front: nothing breaks, and everything is answered by the model. */
class ModelPropertyTest {

    private static final long SEED = Long.getLong("simulator.property.seed", 20261122L);
    private static final int ROUNDS = Integer.getInteger("simulator.property.rounds", 2);
    private static final String REGION = "eu-west-1";
    private static final String HUGE = "h".repeat(200_000);

    private final Simulator simulator = Simulator.of(new AccountReader().sample());
    private final SplittableRandom random = new SplittableRandom(SEED);
    private final SortedMap<String, ServiceModel> models = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();

    ModelPropertyTest() {
        Caller caller = new Caller("111111111111", REGION, "arn:aws:iam::111111111111:user/test", "");
        ObjectNode manifest =
                EchoService.node().put("repositoryName", "team/app").put("imageManifest", "{}");
        simulator.call("ecr", "CreateRepository", EchoService.node().put("repositoryName", "team/app"), caller);
        simulator.call("ecr", "PutImage", manifest.put("imageTag", "1"), caller);
        simulator.call("ecs", "CreateCluster", EchoService.node(), caller);
        ObjectNode definition = EchoService.node().put("family", "app");
        definition
                .putArray("containerDefinitions")
                .addObject()
                .put("name", "app")
                .put("image", "app:1")
                .put("memory", 64);
        simulator.call("ecs", "RegisterTaskDefinition", definition, caller);
        ObjectNode service = EchoService.node().put("serviceName", "app").put("taskDefinition", "app");
        simulator.call("ecs", "CreateService", service.put("desiredCount", 2), caller);
        simulator.advanceTo(simulator.now().plus(Duration.ofMinutes(5)));
    }

    private SampleTexts texts() {
        DeclaredRegion region =
                simulator.account().accounts().get(0).region(REGION).orElseThrow();
        return SampleTexts.from(
                simulator.state().at("/places/0").toString(),
                region.autoScalingGroups().stream().map(DeclaredGroup::name).toList(),
                region.launchTemplates().stream().map(DeclaredTemplate::name).toList());
    }

    private ServiceModel model(String service) {
        return models.computeIfAbsent(service, RequestGenerator::model);
    }

    private WireResponse send(String service, String operation, ObjectNode input) {
        String sent = input.toString();
        try {
            return simulator.handle(RequestWriter.write(model(service), operation, input, REGION));
        } catch (RuntimeException broken) {
            throw new AssertionError(
                    "seed " + SEED + ": " + service + " " + operation + " " + shortened(sent) + " broke", broken);
        }
    }

    private static String shortened(String text) {
        return text.length() > 600 ? text.substring(0, 600) + "..." : text;
    }

    @Test
    void whenRequestsSatisfyTheModel_thenAnswersAndRefusalsDoToo() {
        // when
        for (int round = 0; round < ROUNDS; round++) {
            SampleTexts texts = texts();
            simulator.operations().forEach((service, operations) -> {
                var generator = new RequestGenerator(model(service), texts, random.split());
                for (String operation : operations) {
                    for (int i = 0; i < 4; i++) {
                        answered(service, operation, generator.valid(operation));
                    }
                    passTime();
                }
            });
        }

        // then
        assertThat(problems).as("seed %d", SEED).isEmpty();
    }

    private void passTime() {
        simulator.advanceTo(simulator.now().plus(Duration.ofSeconds(random.nextInt(120))));
    }

    private void answered(String service, String operation, ObjectNode input) {
        WireResponse response;
        try {
            response = send(service, operation, input);
        } catch (AssertionError broke) {
            problems.add(broke.getMessage() + ": " + broke.getCause());
            return;
        }
        List<String> found;
        if (response.status() == 200) {
            found = AnswerCheck.problems(model(service), operation, response.body());
        } else {
            String code = AnswerCheck.errorCode(model(service), response.body());
            boolean right = response.status() < 500 && ErrorCodes.isOf(service, operation, code);
            found = right
                    ? List.of()
                    : List.of(response.status() + " " + code + ": "
                            + AnswerCheck.errorMessage(model(service), response.body()));
        }
        found.forEach(problem ->
                problems.add(service + " " + operation + ": " + problem + " for " + shortened(input.toString())));
    }

    @Test
    void whenOneMemberIsWrong_thenTheRefusalHasItsCodeAndNamesIt() {
        // given
        SampleTexts texts = texts();

        // when
        simulator.operations().forEach((service, operations) -> {
            var generator = new RequestGenerator(model(service), texts, random.split());
            for (String operation : operations) {
                for (int round = 0; round < ROUNDS; round++) {
                    generator.wrongs(operation).forEach(wrong -> refused(service, operation, wrong));
                }
            }
        });

        // then
        assertThat(problems).as("seed %d", SEED).isEmpty();
    }

    private void refused(String service, String operation, RequestGenerator.Wrong wrong) {
        WireResponse response = send(service, operation, wrong.input());
        String code = response.status() == 200 ? "" : AnswerCheck.errorCode(model(service), response.body());
        String message = response.status() == 200 ? "" : AnswerCheck.errorMessage(model(service), response.body());
        boolean named = message.toLowerCase(Locale.ROOT).contains(wrong.member().toLowerCase(Locale.ROOT));
        if (response.status() / 100 != 4 || !code.equals(wrong.code()) || !named) {
            problems.add(service + " " + operation + " " + wrong.what() + ": wanted " + wrong.code() + " naming "
                    + wrong.member() + ", got " + response.status() + " " + code + ": " + shortened(message));
        }
    }

    @Test
    void whenATextIsHuge_thenNothingBreaks() {
        SampleTexts texts = texts();
        simulator.operations().forEach((service, operations) -> {
            var generator = new RequestGenerator(model(service), texts, random.split());
            for (String operation : operations) {
                ObjectNode input = generator.valid(operation);
                for (Map.Entry<String, JsonNode> field : input.deepCopy().properties()) {
                    if (field.getValue().isTextual()) {
                        int status = send(
                                        service,
                                        operation,
                                        input.deepCopy().set(field.getKey(), TextNode.valueOf(HUGE)))
                                .status();
                        assertThat(status)
                                .as("%s %s %s", service, operation, field.getKey())
                                .isLessThan(500);
                    }
                }
            }
        });
    }

    @Test
    void whenAnOperationIsNotSimulated_thenTheRefusalNamesIt() {
        SampleTexts texts = texts();
        simulator.operations().forEach((service, implemented) -> {
            var generator = new RequestGenerator(model(service), texts, random.split());
            for (String operation : model(service).operationNames()) {
                if (!implemented.contains(operation)) {
                    for (ObjectNode input : List.of(generator.valid(operation), EchoService.node())) {
                        WireResponse response = send(service, operation, input);
                        assertThat(response.status()).isEqualTo(400);
                        assertThat(AnswerCheck.errorMessage(model(service), response.body()))
                                .isEqualTo("The simulator does not implement " + operation + " of " + service + ".");
                    }
                }
            }
        });
    }
}
