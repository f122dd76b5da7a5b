package io.jenkins.plugins.amirefresh.simulator.ssh;

import io.jenkins.plugins.amirefresh.simulator.account.Behaviour.CommandOutcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import java.util.function.IntConsumer;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.jspecify.annotations.Nullable;

/** A command that is answered and not run: what is declared for it, once its simulated time has passed. */
final class ScriptedCommand implements Command {

    private final CommandOutcome outcome;
    private final Turn turn;
    private final IntConsumer ended;
    private @Nullable OutputStream output;
    private @Nullable OutputStream error;
    private @Nullable ExitCallback exit;
    private volatile boolean cancelled;

    ScriptedCommand(CommandOutcome outcome, Turn turn, IntConsumer ended) {
        this.outcome = outcome;
        this.turn = turn;
        this.ended = ended;
    }

    /**
     * When and where it answers.
     *
     * @param after runs an action when this much simulated time has passed
     * @param executor writing to a client may wait
     */
    record Turn(BiConsumer<Duration, Runnable> after, Executor executor) {}

    @Override
    public void setInputStream(InputStream in) {
        // Nothing here reads.
    }

    @Override
    public void setOutputStream(OutputStream out) {
        output = out;
    }

    @Override
    public void setErrorStream(OutputStream err) {
        error = err;
    }

    @Override
    public void setExitCallback(ExitCallback callback) {
        exit = callback;
    }

    @Override
    public void start(ChannelSession channel, Environment environment) {
        if (outcome.after().isZero()) {
            answerElsewhere();
        } else {
            turn.after().accept(outcome.after(), this::answerElsewhere);
        }
    }

    private void answerElsewhere() {
        if (cancelled) {
            return;
        }
        try {
            turn.executor().execute(this::answer);
        } catch (RejectedExecutionException closed) {
            cancelled = true;
        }
    }

    private void answer() {
        ended.accept(outcome.exitCode());
        try {
            write(output, outcome.output());
            write(error, outcome.error());
        } catch (IOException gone) {
            cancelled = true;
        }
        if (exit != null) {
            exit.onExit(outcome.exitCode());
        }
    }

    private static void write(@Nullable OutputStream stream, String text) throws IOException {
        if (stream != null && !text.isEmpty()) {
            stream.write((text.endsWith("\n") ? text : text + "\n").getBytes(StandardCharsets.UTF_8));
            stream.flush();
        }
    }

    @Override
    public void destroy(ChannelSession channel) {
        cancelled = true;
    }
}
