package io.jenkins.plugins.amirefresh.scenario;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.amirefresh.step.Progress;
import io.jenkins.plugins.amirefresh.step.RunIdentity;
import io.jenkins.plugins.amirefresh.step.StepOperation;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/**
 * The main class of a JVM that lives for one tick of a step: all it knows is in the build's files. Arguments: endpoint,
 * directory, run, step, function, its parameters as JSON, the build's start, the moment. Its last line is {@code again
 * SECONDS}, {@code done} or {@code failed: REASON}.
 */
final class OneTick {

    private OneTick() {}

    public static void main(String[] arguments) throws Exception {
        RunIdentity run = new RunIdentity(
                arguments[2], "weekly", 1, "", arguments[3], "a test", Instant.parse(arguments[6]), "controller-1");
        Clock clock = Clock.fixed(Instant.parse(arguments[7]), ZoneOffset.UTC);
        Map<String, ?> parameters =
                new ObjectMapper().readerForMapOf(Object.class).readValue(arguments[5]);
        StepOperation operation = Steps.operation(arguments[4], parameters);
        Consumer<String> console = System.out::println;
        try (SdkHttpClient http = UrlConnectionHttpClient.create();
                ScenarioHost host = new ScenarioHost(
                        run, clock, http, URI.create(arguments[0]), new NoProbes(), Path.of(arguments[1]), console)) {
            Progress progress = operation.advance(host.saved(), host);
            host.save(progress.state());
            System.out.println(line(progress));
        }
    }

    private static String line(Progress progress) {
        if (progress instanceof Progress.Again again) {
            return "again " + again.after().toMillis();
        }
        return progress instanceof Progress.Failed failed ? "failed: " + failed.message() : "done";
    }
}
