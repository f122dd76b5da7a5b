package io.jenkins.plugins.amirefresh.test.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.amirefresh.journal.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The policies in {@code resources/iam} hold what the product needs, and no action more. */
class PoliciesTest {

    private static final String FILES = "test/src/test/resources/rehearsals/";

    private static final Map<String, String> PREFIXES =
            Map.of("elasticloadbalancingv2", "elasticloadbalancing", "monitoring", "cloudwatch");

    /**
     * Held by the simulator's LaunchRightsTest: AWS asks for them where a group is given a template, and no call shows
     * it. A mark of a bad image is taken back in BlameTest.
     */
    private static final Set<String> SILENT = Set.of("ec2:RunInstances", "iam:PassRole", "ec2:DeleteTags");

    @TempDir
    private Path folder;

    @Test
    void whenEveryKindOfGroupIsRefreshed_thenEachRightIsNeededAndNoneIsMissing() throws Exception {
        Rehearsal run = run("");

        assertThat(refused(run)).isEmpty();
        Set<String> unused = new TreeSet<>(actions("refresh.json"));
        unused.addAll(actions("checks.json"));
        unused.removeAll(used(run));
        assertThat(unused).isSubsetOf(SILENT);
        assertThat(run.groups("refreshed")).hasSize(4);
        assertThat(run.groups("rolled-back")).hasSize(1);
    }

    @Tag("real-clients")
    @Test
    void whenPackerBuilds_thenEachRightIsNeededAndNoneIsMissing() throws Exception {
        Rehearsal run = run(System.getenv("PATH"));

        assertThat(refused(run)).isEmpty();
        assertThat(used(run)).containsAll(actions("build.json"));
    }

    @Test
    void whenServicesAreUpdated_thenEachRightIsNeededAndNoneIsMissing() throws Exception {
        Rehearsal run = Rehearsal.run(
                folder,
                Rehearsal.root().resolve(FILES + "ecs-policies.jenkinsfile").toString(),
                "--account",
                Rehearsal.root().resolve(FILES + "ecs-policies.yaml").toString());

        assertThat(refused(run)).isEmpty();
        assertThat(run.output()).contains("Finished: UNSTABLE");
        Set<String> unused = new TreeSet<>(actions("ecs.json"));
        unused.removeAll(used(run));
        assertThat(unused).isSubsetOf(SILENT);
    }

    private Rehearsal run(String path) throws IOException, InterruptedException {
        Path project = Files.createDirectories(folder.resolve("project"));
        Files.copy(Rehearsal.root().resolve(FILES + "policies.jenkinsfile"), project.resolve("Jenkinsfile"));
        Path template = Rehearsal.root().resolve("resources/packer");
        try (Stream<Path> files = Files.walk(template)) {
            for (Path file : files.toList()) {
                Path copy = project.resolve("resources/packer")
                        .resolve(template.relativize(file).toString());
                Files.createDirectories(Files.isDirectory(file) ? copy : copy.getParent());
                if (Files.isRegularFile(file)) {
                    Files.copy(file, copy);
                }
            }
        }
        return Rehearsal.runWith(
                path,
                folder,
                project.resolve("Jenkinsfile").toString(),
                "--account",
                Rehearsal.root().resolve(FILES + "policies.yaml").toString());
    }

    private static List<String> refused(Rehearsal run) throws IOException {
        return run.calls().stream()
                .filter(call -> List.of("AccessDenied", "AccessDeniedException", "UnauthorizedOperation")
                        .contains(call.path("errorCode").asText()))
                .map(PoliciesTest::action)
                .toList();
    }

    private static Set<String> used(Rehearsal run) throws IOException {
        Set<String> used = new TreeSet<>();
        run.calls().forEach(call -> used.add(action(call)));
        return used;
    }

    private static String action(JsonNode call) {
        String service = call.path("service").asText();
        return PREFIXES.getOrDefault(service, service) + ":"
                + call.path("operation").asText();
    }

    private static Set<String> actions(String policy) throws IOException {
        JsonNode document = Json.mapper()
                .readTree(Rehearsal.root().resolve("resources/iam/" + policy).toFile());
        Set<String> actions = new TreeSet<>();
        document.path("Statement")
                .forEach(statement -> statement.path("Action").forEach(action -> actions.add(action.asText())));
        return actions;
    }
}
