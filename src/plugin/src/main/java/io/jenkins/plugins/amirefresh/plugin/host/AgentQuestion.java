package io.jenkins.plugins.amirefresh.plugin.host;

import io.jenkins.plugins.amirefresh.step.Probes.Answer;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import jenkins.security.MasterToSlaveCallable;

/** One probe, as it travels to a node; its answer comes back as plain texts. */
final class AgentQuestion extends MasterToSlaveCallable<String[], RuntimeException> {

    private static final long serialVersionUID = 1L;

    private final String target;
    private final int port;
    private final TreeMap<String, String> headers;
    private final long timeLimitMillis;

    private AgentQuestion(String target, int port, Map<String, String> headers, Duration timeLimit) {
        this.target = target;
        this.port = port;
        this.headers = new TreeMap<>(headers);
        this.timeLimitMillis = timeLimit.toMillis();
    }

    static AgentQuestion http(URI uri, Map<String, String> headers, Duration timeLimit) {
        return new AgentQuestion(uri.toString(), 0, headers, timeLimit);
    }

    static AgentQuestion tcp(String host, int port, Duration timeLimit) {
        return new AgentQuestion(host, port, Map.of(), timeLimit);
    }

    @Override
    public String[] call() {
        Duration limit = Duration.ofMillis(timeLimitMillis);
        if (port > 0) {
            return written(NetworkProbes.connect(target, port, limit));
        }
        HttpClient client = HttpClient.newBuilder().connectTimeout(limit).build();
        return written(NetworkProbes.get(client, Runnable::run, URI.create(target), headers, limit)
                .exceptionally(NetworkProbes::explain)
                .join());
    }

    private static String[] written(Answer answer) {
        if (answer instanceof Answer.Http http) {
            return new String[] {"http", "" + http.status(), http.body()};
        }
        if (answer instanceof Answer.Connected) {
            return new String[] {"connected", "", ""};
        }
        if (answer instanceof Answer.NoAnswer refused) {
            return new String[] {"no answer", "", refused.reason()};
        }
        if (answer instanceof Answer.Silent silent) {
            return new String[] {"silent", "", silent.reason()};
        }
        if (answer instanceof Answer.NotSent notSent) {
            return new String[] {"not sent", "", notSent.reason()};
        }
        throw new AssertionError(answer);
    }

    static Answer read(String[] written) {
        return switch (written[0]) {
            case "http" -> new Answer.Http(Integer.parseInt(written[1]), written[2]);
            case "connected" -> new Answer.Connected();
            case "no answer" -> new Answer.NoAnswer(written[2]);
            case "silent" -> new Answer.Silent(written[2]);
            default -> new Answer.NotSent(written[2]);
        };
    }
}
