package io.jenkins.plugins.amirefresh.plugin.host;

import io.jenkins.plugins.amirefresh.step.Probes;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;

/** Probes over the controller's own network. A probe in flight when the controller stops is sent again: it changes nothing. */
public final class NetworkProbes implements Probes {

    private static final int BODY_LIMIT = 64 * 1024;

    private final HttpClient client;
    private final Executor executor;
    private final Map<String, CompletableFuture<Answer>> running = new ConcurrentHashMap<>();

    /** For one step execution. */
    public NetworkProbes(HttpClient client, Executor executor) {
        this.client = client;
        this.executor = executor;
    }

    @Override
    public Optional<Answer> http(String key, URI uri, Map<String, String> headers, Duration timeLimit) {
        return answer(key, () -> get(client, executor, uri, headers, timeLimit));
    }

    static CompletableFuture<Answer> get(
            HttpClient client, Executor executor, URI uri, Map<String, String> headers, Duration timeLimit) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri).timeout(timeLimit).GET();
        headers.forEach(request::header);
        return client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofInputStream())
                .thenApplyAsync(NetworkProbes::read, executor);
    }

    @Override
    public Optional<Answer> tcp(String key, String host, int port, Duration timeLimit) {
        return answer(key, () -> CompletableFuture.supplyAsync(() -> connect(host, port, timeLimit), executor));
    }

    private Optional<Answer> answer(String key, Supplier<CompletableFuture<Answer>> start) {
        CompletableFuture<Answer> future =
                running.computeIfAbsent(key, unused -> start.get().exceptionally(NetworkProbes::explain));
        if (!future.isDone()) {
            return Optional.empty();
        }
        running.remove(key);
        return Optional.of(future.join());
    }

    private static Answer read(HttpResponse<InputStream> response) {
        try (InputStream body = response.body()) {
            return new Answer.Http(
                    response.statusCode(), new String(body.readNBytes(BODY_LIMIT), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return new Answer.NoAnswer("the answer broke off: " + e.getMessage());
        }
    }

    static Answer connect(String host, int port, Duration timeLimit) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), (int) timeLimit.toMillis());
            return new Answer.Connected();
        } catch (IOException e) {
            return explain(e);
        }
    }

    static Answer explain(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof HttpTimeoutException || cause instanceof SocketTimeoutException) {
            return new Answer.Silent("nothing came back");
        }
        Function<String, Answer> outcome = isOurs(cause) ? Answer.NotSent::new : Answer.NoAnswer::new;
        return outcome.apply(cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage());
    }

    /** A name that cannot be resolved or a probe that could not leave says nothing about the other side. */
    private static boolean isOurs(Throwable cause) {
        return cause instanceof java.net.UnknownHostException
                || cause instanceof IllegalArgumentException
                || (cause instanceof ConnectException && cause.getCause() instanceof UnresolvedAddressException);
    }
}
