package io.jenkins.plugins.amirefresh.test.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.amirefresh.journal.Json;
import io.jenkins.plugins.amirefresh.runner.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of the guide on ECS runs as the guide says. */
class EcsExampleTest {

    private static final Path EXAMPLE = Path.of("..", "docs", "examples", "update-ecs-services");

    @TempDir
    private Path out;

    private final StringWriter output = new StringWriter();

    private int rehearse(String... more) {
        List<String> command = new ArrayList<>(List.of(
                "rehearse",
                EXAMPLE.resolve("Jenkinsfile").toString(),
                "--account",
                EXAMPLE.resolve("account.yaml").toString(),
                "--policy",
                Path.of("..", "resources", "iam", "ecs.json").toString(),
                "--out",
                out.toString()));
        command.addAll(List.of(more));
        PrintWriter writer = new PrintWriter(output, true);
        return Main.run(Map.of(), writer, writer, command.toArray(String[]::new));
    }

    private List<String> services() throws IOException {
        List<String> services = new ArrayList<>();
        for (JsonNode row :
                Json.mapper().readTree(out.resolve("fleet.json").toFile()).path("services")) {
            services.add(
                    row.path("name").asText() + " " + row.path("taskDefinition").asText() + " "
                            + row.path("running").asText());
        }
        return services;
    }

    @Test
    void whenTheVersionIsGood_thenEveryServiceRunsIt() throws IOException {
        assertThat(rehearse()).as(output.toString()).isZero();
        assertThat(services()).containsExactly("front front:2 2", "web app:2 3", "worker app:2 2");
        assertThat(output.toString()).contains("200: nginx:1.28 -> nginx:1.29, updated on 2026-11-22 17:");
        JsonNode row =
                Json.mapper().readTree(out.resolve("report.json").toFile()).at("/others").findParents("before").stream()
                        .filter(found -> found.path("name").asText().equals("shop/front")
                                && found.path("outcome").asText().equals("updated"))
                        .findFirst()
                        .orElseThrow();
        assertThat(row.at("/before/serviceImage")).isNotEqualTo(row.at("/after/serviceImage"));
        assertThat(row.at("/before/updatedOn").asText())
                .startsWith("2026-11-22 17:00:00+00:00")
                .isLessThan(row.at("/after/updatedOn").asText());
        assertThat(Files.readString(out.resolve("report.html")))
                .contains(
                        "serviceImage: nginx:1.28 to nginx:1.29",
                        "updatedOn: 2026-11-22 17:00:00+00:00 to 2026-11-22 17:");
    }

    @Test
    void whenTheVersionCrashes_thenTheFirstServiceGoesBackAndTheOthersAreHeld() throws IOException {
        assertThat(rehearse("--param", "VERSION=1.6", "--expect", "FAILURE"))
                .as(output.toString())
                .isZero();
        assertThat(services()).containsExactly("front front:1 2", "web app:1 3", "worker app:1 2");
        assertThat(output.toString())
                .contains(
                        "ERROR: updateEcsService: shop/web: rolled back to app:1: ",
                        "app ended with exit code 137",
                        "shop/worker: held");
        JsonNode others =
                Json.mapper().readTree(out.resolve("report.json").toFile()).path("others");
        assertThat(others.findValuesAsText("name")).contains("shop/web");
        assertThat(others.findValuesAsText("outcome")).contains("rolled-back");
        assertThat(Files.readString(out.resolve("report.html")))
                .contains("Services and schedules", "app ended with exit code 137");
    }
}
