package io.jenkins.plugins.amirefresh.plugin.execution;

import hudson.model.Run;
import io.jenkins.plugins.amirefresh.journal.Journal;
import io.jenkins.plugins.amirefresh.step.storage.JournalFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jenkinsci.plugins.pipeline.modeldefinition.causes.RestartDeclarativePipelineCause;

/** The run's record of each build: one object a build while it is open, so that parallel steps append to the same one. */
final class Journals {

    private Journals() {}

    static Journal of(Run<?, ?> run) {
        return ControllerServices.get().journals().computeIfAbsent(run.getExternalizableId(), missing -> open(run));
    }

    private static JournalFile open(Run<?, ?> run) {
        Path file = file(run);
        if (!Files.exists(file)) {
            original(run).map(Journals::file).filter(Files::exists).ifPresent(from -> copy(from, file));
        }
        return JournalFile.open(file);
    }

    /** The build whose stage this one was restarted from: its earlier stages are not run again, but their record counts. */
    private static Optional<Run<?, ?>> original(Run<?, ?> run) {
        RestartDeclarativePipelineCause cause = run.getCause(RestartDeclarativePipelineCause.class);
        return cause == null ? Optional.empty() : Optional.ofNullable(cause.getOriginal());
    }

    private static Path file(Run<?, ?> run) {
        return StepKey.folder(run).resolve("journal.jsonl");
    }

    private static void copy(Path from, Path to) {
        try {
            Files.createDirectories(to.getParent());
            Path half = to.resolveSibling("journal.copying");
            Files.deleteIfExists(half);
            Files.copy(from, half);
            Files.move(half, to, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("taking over the record of the build that was restarted, " + from, e);
        }
    }
}
