package io.jenkins.plugins.amirefresh.plugin.host;

import hudson.FilePath;
import hudson.remoting.Future;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.amirefresh.step.Probes;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;

/**
 * Probes from the network of the step's node. One in flight when the controller stops or the agent goes away is sent again: it
 * changes nothing.
 */
public final class AgentProbes implements Probes {

    private final BuildSurroundings surroundings;
    private final Map<String, Future<String[]>> running = new ConcurrentHashMap<>();

    /** For one step execution. */
    public AgentProbes(BuildSurroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Optional<Answer> http(String key, URI uri, Map<String, String> headers, Duration timeLimit) {
        return answer(key, AgentQuestion.http(uri, headers, timeLimit));
    }

    @Override
    public Optional<Answer> tcp(String key, String host, int port, Duration timeLimit) {
        return answer(key, AgentQuestion.tcp(host, port, timeLimit));
    }

    private Optional<Answer> answer(String key, AgentQuestion question) {
        Future<String[]> future = running.get(key);
        if (future == null) {
            VirtualChannel channel =
                    surroundings.workspace().map(FilePath::getChannel).orElse(null);
            if (channel == null) {
                return Optional.of(new Answer.NotSent("the agent is offline, or the step has none"));
            }
            try {
                future = channel.callAsync(question);
            } catch (IOException e) {
                return Optional.of(new Answer.NotSent("the agent cannot be reached: " + e.getMessage()));
            }
            running.put(key, future);
        }
        if (!future.isDone()) {
            return Optional.empty();
        }
        running.remove(key);
        return Optional.of(result(future));
    }

    private static Answer result(Future<String[]> future) {
        try {
            return AgentQuestion.read(future.get());
        } catch (ExecutionException e) {
            return new Answer.NotSent("the agent could not ask: " + e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.NotSent("interrupted while asking the agent");
        }
    }
}
