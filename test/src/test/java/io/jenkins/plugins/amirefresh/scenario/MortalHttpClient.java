package io.jenkins.plugins.amirefresh.scenario;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/** Hands every call to the simulator, except where the process that makes it is to die. */
public final class MortalHttpClient implements SdkHttpClient {

    private static final Pattern READS = Pattern.compile("(Describe|Get|BatchGet|List|AssumeRole).*");

    private static final int OK = 200;

    private final SdkHttpClient simulator;
    private final List<String> mutating = new ArrayList<>();
    private final Map<Integer, Death.Moment> fatal = new HashMap<>();
    private Watcher watcher = new Watcher() {};
    private BiFunction<Call, String, String> misreading = (call, body) -> body;
    private boolean isMisread;
    private boolean isDead;

    MortalHttpClient(SdkHttpClient simulator) {
        this.simulator = simulator;
    }

    /** The process dies at this mutating call, counted from 1. */
    void dieAt(int call, Death.Moment when) {
        fatal.put(call, when);
    }

    /** Is told of each call from now on. */
    void watchedBy(Watcher newWatcher) {
        watcher = newWatcher;
    }

    /** What AWS answers is taken for something else from now on. */
    void misreadBy(BiFunction<Call, String, String> newMisreading) {
        misreading = newMisreading;
        isMisread = true;
    }

    /** A new process makes the calls from now on. */
    void revive() {
        isDead = false;
    }

    /** The mutating calls so far, by operation. */
    List<String> mutating() {
        return List.copyOf(mutating);
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        ExecutableHttpRequest call = simulator.prepareRequest(request);
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                return send(read(request), call);
            }

            @Override
            public void abort() {
                call.abort();
            }
        };
    }

    private HttpExecuteResponse send(Call call, ExecutableHttpRequest request) throws IOException {
        if (isDead) {
            throw new Death(call.operation());
        }
        if (call.isMutating()) {
            mutating.add(call.operation());
        }
        Death.Moment end = call.isMutating() ? fatal.get(mutating.size()) : null;
        if (end == Death.Moment.BEFORE_THE_CALL) {
            isDead = true;
            throw new Death(call.operation());
        }
        HttpExecuteResponse answer = watched(call, request);
        if (end != null) {
            isDead = true;
            throw new Death(call.operation());
        }
        return answer;
    }

    private HttpExecuteResponse watched(Call call, ExecutableHttpRequest request) throws IOException {
        watcher.sending(call);
        int status = 0;
        try {
            HttpExecuteResponse answer = request.call();
            status = answer.httpResponse().statusCode();
            return isMisread && status == OK ? misread(call, answer) : answer;
        } finally {
            watcher.sent(call, status);
        }
    }

    private HttpExecuteResponse misread(Call call, HttpExecuteResponse answer) throws IOException {
        if (answer.responseBody().isEmpty()) {
            return answer;
        }
        String body;
        try (InputStream in = answer.responseBody().get()) {
            body = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        byte[] other = misreading.apply(call, body).getBytes(StandardCharsets.UTF_8);
        return HttpExecuteResponse.builder()
                .response(answer.httpResponse().toBuilder()
                        .removeHeader("Content-Length")
                        .build())
                .responseBody(AbortableInputStream.create(new ByteArrayInputStream(other)))
                .build();
    }

    private static Call read(HttpExecuteRequest request) throws IOException {
        String body = "";
        if (request.contentStreamProvider().isPresent()) {
            try (InputStream in = request.contentStreamProvider().get().newStream()) {
                body = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
        Map<String, String> parameters = new TreeMap<>();
        for (String pair : body.split("&", -1)) {
            String[] sides = pair.split("=", 2);
            parameters.put(
                    URLDecoder.decode(sides[0], StandardCharsets.UTF_8),
                    sides.length == 1 ? "" : URLDecoder.decode(sides[1], StandardCharsets.UTF_8));
        }
        String operation = parameters.remove("Action");
        if (operation == null) {
            return ofOtherProtocol(request);
        }
        return new Call(operation, parameters);
    }

    /** JSON names its operation in a header, RPC v2 in its path. */
    private static Call ofOtherProtocol(HttpExecuteRequest request) {
        String path = request.httpRequest().encodedPath();
        String target =
                request.httpRequest().firstMatchingHeader("X-Amz-Target").orElse(path);
        String operation = target.substring(Math.max(target.lastIndexOf('.'), target.lastIndexOf('/')) + 1);
        if (operation.isEmpty()) {
            throw new IllegalStateException("no operation in a request to " + path);
        }
        return new Call(operation, Map.of());
    }

    @Override
    public void close() {
        simulator.close();
    }

    /**
     * A call as it was sent.
     *
     * @param parameters under AWS's names, lists as {@code Name.member.1}
     */
    public record Call(String operation, Map<String, String> parameters) {

        /** Not one that only reads. */
        public boolean isMutating() {
            return !READS.matcher(operation).matches();
        }
    }

    /** Is told of calls. */
    public interface Watcher {

        /** A call is about to reach AWS. */
        default void sending(Call call) {}

        /** AWS had the call. The caller sees {@code status}, 0 when it sees no answer. */
        default void sent(Call call, int status) {}
    }
}
