package io.jenkins.plugins.amirefresh.plugin.host;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.XmlFile;
import hudson.model.TaskListener;
import hudson.remoting.Channel;
import hudson.remoting.RequestAbortedException;
import io.jenkins.plugins.amirefresh.step.Processes;
import io.jenkins.plugins.amirefresh.step.RunIdentity;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.durabletask.BourneShellScript;
import org.jenkinsci.plugins.durabletask.Controller;

/**
 * Processes that outlive the controller, by durable-task. Each writes to a file beside the workspace, read by offset; its
 * handle is a file of the build.
 *
 * <p>A process is asked to end alone: durable-task ends a whole tree at once, and Packer whose plugins go first leaves its
 * temporary instance, key pair and security group behind. The tree follows when it does not end by itself.
 */
public final class AgentProcesses implements Processes {

    private static final Logger LOGGER = Logger.getLogger(AgentProcesses.class.getName());
    private static final int PIECE = 1024 * 1024;

    /** Packer waits for its instance to terminate. */
    private static final Duration GRACE = Duration.ofMinutes(15);

    private final BuildSurroundings surroundings;
    private final Path folder;
    private final RunIdentity run;
    private final Clock clock;

    /**
     * For one step execution.
     *
     * @param folder the build's, where handles are kept
     * @param run the build and the step: builds of a job have the same workspace, and their steps the same keys
     * @param clock when a process that was asked to end is ended by force
     */
    public AgentProcesses(BuildSurroundings surroundings, Path folder, RunIdentity run, Clock clock) {
        this.surroundings = surroundings;
        this.folder = folder;
        this.run = run;
        this.clock = clock;
    }

    @Override
    public void start(String key, List<String> command, Map<String, String> environment) {
        if (handle(key).exists()) {
            return;
        }
        if (Files.exists(intent(key))) {
            throw new IllegalStateException("starting " + command.get(0) + ": the controller stopped while it was being"
                    + " started, so it may run on the agent already; look for it there, then run the step again");
        }
        FilePath workspace = surroundings
                .workspace()
                .orElseThrow(() -> new IllegalStateException(
                        "starting " + command.get(0) + ": the step has no agent; wrap it in node"));
        Launcher launcher = surroundings
                .launcher()
                .orElseThrow(() -> new IllegalStateException("starting " + command.get(0) + ": the agent is offline"));
        if (!launcher.isUnix()) {
            throw new IllegalStateException("starting " + command.get(0)
                    + ": the agent runs Windows, which this step does not support; choose a Linux agent");
        }
        try {
            FilePath output = output(workspace, key);
            // What earlier builds left must not be taken for what this one writes.
            output.getParent().getParent().deleteRecursive();
            output.getParent().mkdirs();
            EnvVars variables = new EnvVars(surroundings.environment());
            variables.overrideAll(environment);
            // With its own interpreter line the shell does not echo the command, which may hold secrets. The process
            // takes the shell's place, so its number is the shell's.
            String script = "#!/bin/sh\nexec >" + quote(output.getRemote()) + " 2>&1\necho $$ >"
                    + quote(number(workspace, key).getRemote()) + "\nexec "
                    + command.stream().map(AgentProcesses::quote).collect(Collectors.joining(" "));
            Files.createDirectories(folder);
            Files.write(intent(key), new byte[0]);
            Controller controller =
                    new BourneShellScript(script).launch(variables, workspace, launcher, TaskListener.NULL);
            handle(key).write(controller);
        } catch (IOException e) {
            throw new UncheckedIOException("starting " + command.get(0) + " on the agent", e);
        } catch (InterruptedException e) {
            throw interrupted("starting " + command.get(0), e);
        }
    }

    @Override
    public Output poll(String key, long offset) {
        Optional<FilePath> workspace = surroundings.workspace();
        Optional<Launcher> launcher = surroundings.launcher();
        if (workspace.isEmpty() || launcher.isEmpty()) {
            // The agent of a living build comes back, and we look again at the next tick. What a build that is gone
            // left on its agent goes on there, and nobody can read it.
            return new Output("", offset, surroundings.isGone() ? OptionalInt.of(-1) : OptionalInt.empty());
        }
        try {
            Controller controller = (Controller) handle(key).read();
            Integer exit = controller.exitStatus(workspace.get(), launcher.get(), TaskListener.NULL);
            if (exit == null && isOverdue(key)) {
                LOGGER.log(
                        Level.WARNING, "{0}: it was asked to end {1} ago; ending it by force", new Object[] {key, GRACE
                        });
                controller.stop(workspace.get(), launcher.get());
            }
            byte[] bytes = read(output(workspace.get(), key), offset);
            boolean last = exit != null && bytes.length < PIECE;
            int whole = last ? bytes.length : lastLineEnd(bytes);
            String text = new String(bytes, 0, whole, StandardCharsets.UTF_8);
            return new Output(text, offset + whole, last ? OptionalInt.of(exit) : OptionalInt.empty());
        } catch (IOException | RequestAbortedException e) {
            if (isDisconnected(workspace.get())) {
                LOGGER.log(Level.FINE, e, () -> key + ": the agent went away; asking again when it is back");
                return new Output("", offset, OptionalInt.empty());
            }
            throw new UncheckedIOException("reading the output of " + key + " from the agent", asIo(e));
        } catch (InterruptedException e) {
            throw interrupted("reading the output of " + key, e);
        }
    }

    @Override
    public void stop(String key) {
        Optional<FilePath> workspace = surroundings.workspace();
        Optional<Launcher> launcher = surroundings.launcher();
        if (!handle(key).exists() || workspace.isEmpty() || launcher.isEmpty()) {
            LOGGER.log(Level.INFO, "{0}: no process to stop, or its agent is away", key);
            return;
        }
        try {
            if (Files.exists(stopping(key))) {
                // Packer takes a second signal for impatience and ends without cleaning up.
                return;
            }
            Files.writeString(stopping(key), clock.instant().toString());
            FilePath number = number(workspace.get(), key);
            if (number.exists()) {
                launcher.get()
                        .launch()
                        .cmds("kill", "-TERM", number.readToString().trim())
                        .quiet(true)
                        .join();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("stopping " + key + " on the agent", e);
        } catch (InterruptedException e) {
            throw interrupted("stopping " + key, e);
        }
    }

    @Override
    public void forget(String key) {
        Optional<FilePath> workspace = surroundings.workspace();
        if (workspace.isEmpty()) {
            LOGGER.log(Level.INFO, "{0}: its agent is away; the next process of its kind there removes what it wrote", key);
            return;
        }
        try {
            output(workspace.get(), key).delete();
        } catch (IOException e) {
            throw new UncheckedIOException("removing the output of " + key + " from the agent", e);
        } catch (InterruptedException e) {
            throw interrupted("removing the output of " + key, e);
        }
    }

    /** The connection broke in the middle of a call; whoever asks the build anew finds the agent offline. */
    private static boolean isDisconnected(FilePath workspace) {
        return workspace.getChannel() instanceof Channel connection && connection.isClosingOrClosed();
    }

    private static IOException asIo(Exception e) {
        return e instanceof IOException io ? io : new IOException(e);
    }

    private boolean isOverdue(String key) throws IOException {
        return Files.exists(stopping(key))
                && Instant.parse(Files.readString(stopping(key))).plus(GRACE).isBefore(clock.instant());
    }

    private XmlFile handle(String key) {
        return new XmlFile(new File(folder.toFile(), run.stepId() + "-" + fileName(key) + ".xml"));
    }

    private FilePath output(FilePath workspace, String key) {
        FilePath parent = workspace.getParent();
        FilePath temporary = parent == null ? workspace : parent.child(workspace.getName() + "@tmp");
        return temporary
                .child("ami-refresh")
                .child(fileName(key))
                .child(fileName(run.id()))
                .child("output.txt");
    }

    private FilePath number(FilePath workspace, String key) {
        return output(workspace, key).sibling("process");
    }

    /** Since when it is asked to end. */
    private Path stopping(String key) {
        return folder.resolve(run.stepId() + "-" + fileName(key) + ".stopping");
    }

    /** Written before a launch: with it and without a handle nobody knows whether the process runs. */
    private Path intent(String key) {
        return folder.resolve(run.stepId() + "-" + fileName(key) + ".starting");
    }

    private static String fileName(String key) {
        return key.replaceAll("[^A-Za-z0-9._-]", "_");
    }

    private static byte[] read(FilePath file, long offset) throws IOException, InterruptedException {
        if (!file.exists() || file.length() <= offset) {
            return new byte[0];
        }
        try (InputStream in = file.readFromOffset(offset)) {
            return in.readNBytes(PIECE);
        }
    }

    private static int lastLineEnd(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        return end == 0 && bytes.length == PIECE ? bytes.length : end;
    }

    private static String quote(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    private static IllegalStateException interrupted(String doing, InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted while " + doing, e);
    }
}
