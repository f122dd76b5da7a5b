package io.jenkins.plugins.amirefresh.plugin.execution;

import hudson.model.Run;
import io.jenkins.plugins.amirefresh.plugin.report.RunRecords;
import io.jenkins.plugins.amirefresh.step.StepState;
import io.jenkins.plugins.amirefresh.step.StopReason;
import io.jenkins.plugins.amirefresh.step.storage.StateFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The files of one step execution in its build's directory: its state, and whether it was told to stop. */
final class StepFiles {

    private final StateFile state;
    private final Path stopFile;
    private @Nullable StopReason stopReason;

    private StepFiles(StateFile state, Path stopFile) {
        this.state = state;
        this.stopFile = stopFile;
        this.stopReason = readStop();
    }

    static StepFiles open(Run<?, ?> run, String stateId) {
        Path folder = RunRecords.folder(run);
        return new StepFiles(StateFile.open(folder.resolve(stateId + ".jsonl")), folder.resolve(stateId + ".stop"));
    }

    StepState state() {
        return state.saved();
    }

    void save(StepState changed) {
        state.save(changed);
    }

    /** Writes a file that stays with the build; the last text counts. */
    void keep(String name, String text) {
        Path file = stopFile.resolveSibling(name);
        try {
            Files.createDirectories(file.getParent());
            Path half = file.resolveSibling(name + ".writing");
            Files.writeString(half, text);
            Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("writing " + file, e);
        }
    }

    boolean isStopping() {
        return stopReason != null;
    }

    Optional<StopReason> stopReason() {
        return Optional.ofNullable(stopReason);
    }

    /** Survives a restart: a step that began to stop does not go on refreshing. */
    void markStopping(StopReason reason) {
        try {
            Files.createDirectories(stopFile.getParent());
            Files.writeString(stopFile, reason.name());
            stopReason = reason;
        } catch (IOException e) {
            throw new UncheckedIOException("writing " + stopFile, e);
        }
    }

    private @Nullable StopReason readStop() {
        try {
            if (!Files.exists(stopFile)) {
                return null;
            }
            String text = Files.readString(stopFile).trim();
            // A crash between creating and writing the file: somebody asked to stop, only why is lost.
            return text.isEmpty() ? StopReason.INTERRUPTED : StopReason.valueOf(text);
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + stopFile, e);
        }
    }
}
