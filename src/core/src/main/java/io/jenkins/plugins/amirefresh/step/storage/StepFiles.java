package io.jenkins.plugins.amirefresh.step.storage;

import io.jenkins.plugins.amirefresh.step.StepState;
import io.jenkins.plugins.amirefresh.step.StopReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The files of one step execution in its build's directory: its state, and whether it was told to stop.
 *
 * <p>Thread: one at a time, the one that drives the step.
 */
public final class StepFiles {

    private final StateFile state;
    private final Path stopFile;
    private @Nullable StopReason stopReason;

    private StepFiles(StateFile state, Path stopFile) {
        this.state = state;
        this.stopFile = stopFile;
        this.stopReason = readStop();
    }

    /**
     * Opens the files, which need not exist yet.
     *
     * @param folder of the build
     * @param stateId of the step, unique in the build
     */
    public static StepFiles open(Path folder, String stateId) {
        return new StepFiles(StateFile.open(folder.resolve(stateId + ".jsonl")), folder.resolve(stateId + ".stop"));
    }

    /** What is on the disk. */
    public StepState state() {
        return state.saved();
    }

    /** Appends what changed; it is on the disk when it returns. */
    public void save(StepState changed) {
        state.save(changed);
    }

    /** Writes a file that stays with the build; the last text counts. */
    public void keep(String name, String text) {
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

    /** The step was told to stop, in this life of the host or an earlier one. */
    public boolean isStopping() {
        return stopReason != null;
    }

    /** Why it was told to stop. */
    public Optional<StopReason> stopReason() {
        return Optional.ofNullable(stopReason);
    }

    /** Survives a restart: a step that began to stop does not go on refreshing. */
    public void markStopping(StopReason reason) {
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
