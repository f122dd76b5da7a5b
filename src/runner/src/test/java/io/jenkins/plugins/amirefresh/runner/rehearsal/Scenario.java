package io.jenkins.plugins.amirefresh.runner.rehearsal;

import io.jenkins.plugins.amirefresh.runner.build.BuildParameterException;
import io.jenkins.plugins.amirefresh.runner.build.BuildResult;
import io.jenkins.plugins.amirefresh.runner.build.Credential;
import io.jenkins.plugins.amirefresh.runner.interpreter.ScriptCompilationException;
import io.jenkins.plugins.amirefresh.runner.steps.StandardSteps;
import io.jenkins.plugins.amirefresh.runner.time.PlainTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A directory with a Jenkinsfile. Comments at its top say how it is run: {@code // @expect FAILURE}, {@code // @param
 * NAME=value}, {@code // @input id=ok}, {@code // @abort-after PT5M}, {@code // @previous FAILURE}, {@code // @branch
 * main}.
 */
final class Scenario {
    private static final Instant START = Instant.parse("2026-11-22T17:00:00Z");

    private final Path directory;
    private final Map<String, String> parameters = new LinkedHashMap<>();
    private final Map<String, String> inputs = new LinkedHashMap<>();
    private final Map<String, Path> jobs = new LinkedHashMap<>();
    private BuildResult expected = BuildResult.SUCCESS;
    private RehearsalOptions options;

    Scenario(Path directory, Path out) throws IOException {
        this.directory = directory;
        Path jenkinsfile = directory.resolve("Jenkinsfile");
        this.options = RehearsalOptions.of(jenkinsfile, out)
                .withEnvironment(Map.of("PATH", System.getenv("PATH")))
                .withCredentials(Map.of(
                        "token", new Credential.SecretText("s3cret-token"),
                        "login", new Credential.UsernamePassword("amy", "pass-word"),
                        "keyfile", new Credential.SecretFile("key.txt", "file-content"),
                        "aws", new Credential.AwsKeys("AKIAEXAMPLE", "aws-secret-key")));
        for (String line : Files.readAllLines(jenkinsfile)) {
            if (line.startsWith("// @")) {
                String[] words = line.substring(4).split(" ", 2);
                apply(words[0], words.length > 1 ? words[1].trim() : "");
            }
        }
        options = options.withParameters(parameters).withInputs(inputs).withJobs(jobs);
    }

    private void apply(String key, String value) {
        switch (key) {
            case "expect" -> expected = BuildResult.valueOf(value);
            case "param" -> put(parameters, value);
            case "input" -> put(inputs, value);
            case "abort-after" -> options = options.withAbortAt(START.plus(Duration.parse(value)));
            case "previous" -> options = options.withPreviousResult(BuildResult.valueOf(value));
            case "job" ->
                jobs.put(
                        value.substring(0, value.indexOf('=')),
                        directory.resolve(value.substring(value.indexOf('=') + 1)));
            case "branch" -> options = options.withBranch(value);
            default -> throw new IllegalArgumentException("unknown setting @" + key);
        }
    }

    private static void put(Map<String, String> map, String pair) {
        map.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
    }

    BuildResult expected() {
        return expected;
    }

    Path expectedConsole() {
        return directory.resolve("expected.txt");
    }

    /** Runs it and returns the result; the console goes to {@code console}. */
    BuildResult run(StringBuilder console) throws IOException, InterruptedException {
        try {
            return new Rehearsal(
                            options,
                            new PlainTime(START),
                            libraries -> StandardSteps.catalogue(libraries, inputs),
                            List.of(console))
                    .run();
        } catch (BuildParameterException e) {
            console.append(e.getMessage()).append('\n');
            return BuildResult.FAILURE;
        } catch (ScriptCompilationException e) {
            e.problems().forEach(problem -> console.append(problem).append('\n'));
            return BuildResult.FAILURE;
        }
    }
}
