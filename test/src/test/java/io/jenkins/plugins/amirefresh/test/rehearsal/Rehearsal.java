package io.jenkins.plugins.amirefresh.test.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.amirefresh.journal.Json;
import io.jenkins.plugins.amirefresh.runner.Main;
import io.jenkins.plugins.amirefresh.truth.Row;
import io.jenkins.plugins.amirefresh.truth.Truth;
import io.jenkins.plugins.amirefresh.truth.TruthJudge;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;

/**
 * One run of {@code rehearse} and what it wrote.
 *
 * @param output standard output and error
 * @param folder what {@code --out} named
 */
record Rehearsal(int exitCode, String output, Path folder) {

    private static final Path ROOT =
            Path.of("").toAbsolutePath().resolveSibling("").normalize();

    /** What every rehearsal is held to: no right more than we ask our users for. */
    static final List<String> POLICIES = List.of("refresh.json", "build.json", "checks.json", "ecs.json");

    /** The project's top folder. */
    static Path root() {
        return ROOT;
    }

    /** Runs within this JVM with the simulator's builder, whether Packer is installed or not. */
    static Rehearsal run(Path folder, String... arguments) throws IOException {
        return runHere("", folder, arguments);
    }

    /** Within this JVM, with what is on this {@code PATH}. */
    static Rehearsal runHere(String path, Path folder, String... arguments) throws IOException {
        var output = new StringWriter();
        PrintWriter writer = new PrintWriter(output, true);
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("PATH", path);
        int exit = Main.run(environment, writer, writer, command(folder, arguments));
        return ended(exit, output.toString(), folder);
    }

    /** The same in a JVM of its own, as users call it, with what is on this {@code PATH}. */
    static Rehearsal runWith(String path, Path folder, String... arguments) throws IOException, InterruptedException {
        Path log = Files.createDirectories(folder).resolve("output.txt");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                ROOT.resolve("src/runner/target/runner.jar").toString()));
        command.addAll(List.of(command(folder, arguments)));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(ROOT.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("PATH", path);
        Process process = builder.start();
        if (!process.waitFor(5, TimeUnit.MINUTES)) {
            process.destroyForcibly().waitFor();
            throw new AssertionError("the rehearsal did not end within 5 minutes: " + Files.readString(log));
        }
        return ended(process.exitValue(), Files.readString(log), folder);
    }

    private static String[] command(Path folder, String... arguments) {
        List<String> command = new ArrayList<>(List.of("rehearse"));
        for (String argument : arguments) {
            command.add(
                    Files.isRegularFile(ROOT.resolve(argument))
                            ? ROOT.resolve(argument).toString()
                            : argument);
        }
        command.addAll(List.of("--out", folder.resolve("out").toString()));
        if (!command.contains("--endpoint")) {
            POLICIES.forEach(policy -> command.addAll(
                    List.of("--policy", ROOT.resolve("resources/iam/" + policy).toString())));
        }
        return command.toArray(String[]::new);
    }

    private static Rehearsal ended(int exitCode, String output, Path folder) throws IOException {
        var rehearsal = new Rehearsal(exitCode, output, folder.resolve("out"));
        assertThat(rehearsal.lies()).as(output).isEmpty();
        return rehearsal;
    }

    /** What the report says and the fleet does not bear out; nothing when the run wrote neither. */
    private List<String> lies() throws IOException {
        if (!Files.exists(folder.resolve("fleet.json"))) {
            return List.of();
        }
        List<Row> rows = groups().stream().map(Row::of).toList();
        return TruthJudge.ofRows().lies(report().path("result").asText(), rows, Truth.of(fleet()));
    }

    JsonNode report() throws IOException {
        return Json.mapper().readTree(folder.resolve("report.json").toFile());
    }

    JsonNode fleet() throws IOException {
        return Json.mapper().readTree(folder.resolve("fleet.json").toFile());
    }

    List<JsonNode> groups() throws IOException {
        return list(report().path("groups"));
    }

    List<JsonNode> groups(String outcome) throws IOException {
        return groups().stream()
                .filter(group -> group.path("outcome").asText().equals(outcome))
                .toList();
    }

    List<JsonNode> calls() throws IOException {
        JsonNode calls = Json.mapper().readTree(folder.resolve("calls.json").toFile());
        return list(calls.isArray() ? calls : calls.path("calls"));
    }

    List<JsonNode> mutatingCalls() throws IOException {
        return calls().stream()
                .filter(call -> call.path("mutating").asBoolean())
                .toList();
    }

    List<JsonNode> slack() throws IOException {
        List<JsonNode> posts = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("slack.jsonl"))) {
            posts.add(Json.mapper().readTree(line));
        }
        return posts;
    }

    private static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }
}
