package io.jenkins.plugins.amirefresh.runner;

import io.jenkins.plugins.amirefresh.step.storage.JournalReading;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code verify-journal}: tells whether a run's record is whole and as it was written. */
@Command(
        name = "verify-journal",
        description = "Tells whether a run's record (journal.jsonl) is whole and as it was written, line by line.",
        footer = "Exit codes: 0 it is, 1 it is not, 2 wrong usage or an unreadable file.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // fields are set by picocli
final class VerifyJournalCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", description = "the record, journal.jsonl in the folder ami-refresh of a build")
    private Path journal;

    @Option(
            names = "--head",
            paramLabel = "HASH",
            description = "what the report says of the record's end: finds lines that were taken off there, too")
    private @Nullable String head;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (!Files.isRegularFile(journal)) {
            spec.commandLine().getErr().println(journal + ": there is no such file");
            return ExitCodes.WRONG_USAGE;
        }
        JournalReading reading;
        try {
            reading = JournalReading.of(journal);
        } catch (UncheckedIOException e) {
            spec.commandLine().getErr().println("cannot read: " + e.getMessage());
            return ExitCodes.WRONG_USAGE;
        }
        reading.problems().forEach(problem -> out.println(journal + ": " + problem));
        boolean isCut = head != null && !reading.has(head);
        if (isCut) {
            out.println(journal + ": no line has the hash " + head
                    + ": lines were taken off its end, or it is another record");
        }
        out.println(journal + ": " + reading.lines() + (reading.lines() == 1 ? " line, " : " lines, ")
                + reading.events().size() + " can be read; "
                + (reading.problems().isEmpty() && !isCut ? "as it was written" : "NOT as it was written")
                + "; its end is " + (reading.head().isEmpty() ? "empty" : reading.head()));
        return reading.problems().isEmpty() && !isCut ? 0 : 1;
    }
}
