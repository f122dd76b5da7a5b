package io.jenkins.plugins.amirefresh.runner;

import io.jenkins.plugins.amirefresh.runner.files.FileTrees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The directory a rehearsal writes to: emptied of what an earlier one wrote, and of nothing else. */
final class OutputDirectory {
    private static final List<String> NAMES = List.of(
            "console.txt",
            "report.html",
            "report.json",
            "fleet.json",
            "journal.jsonl",
            "slack.jsonl",
            "pagerduty.jsonl",
            "calls.json",
            "junit.xml",
            "metrics.prom");

    private static final String OF_EVENTS = "build-";

    private OutputDirectory() {}

    static void prepare(Path out) throws IOException {
        Files.createDirectories(out);
        for (String name : NAMES) {
            Files.deleteIfExists(out.resolve(name));
        }
        FileTrees.delete(out.resolve("build"));
        for (int number = 1; Files.isDirectory(out.resolve(OF_EVENTS + number)); number++) {
            FileTrees.delete(out.resolve(OF_EVENTS + number));
        }
    }

    /** Where the results of a build go that events started. */
    static Path ofBuild(Path out, int number) {
        return out.resolve(OF_EVENTS + number);
    }

    /** The files that were written, for people. */
    static String written(Path out) {
        return NAMES.stream()
                .filter(name -> Files.exists(out.resolve(name)))
                .map(name -> out.resolve(name).toString())
                .collect(Collectors.joining("\n  ", "Written:\n  ", ""));
    }
}
