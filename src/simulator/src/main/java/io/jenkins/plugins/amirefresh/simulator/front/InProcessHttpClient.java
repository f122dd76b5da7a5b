package io.jenkins.plugins.amirefresh.simulator.front;

import io.jenkins.plugins.amirefresh.simulator.faults.ConnectionDropped;
import io.jenkins.plugins.amirefresh.simulator.wire.WireRequest;
import io.jenkins.plugins.amirefresh.simulator.wire.WireResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpRequest;

/** The AWS SDK's HTTP client that ends in the simulator, without a socket. */
public final class InProcessHttpClient implements SdkHttpClient {

    private final Function<WireRequest, WireResponse> simulator;

    /** A client of this simulator. */
    public InProcessHttpClient(Function<WireRequest, WireResponse> simulator) {
        this.simulator = simulator;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                return execute(request);
            }

            @Override
            public void abort() {
                // Nothing is under way: a call is answered at once.
            }
        };
    }

    private HttpExecuteResponse execute(HttpExecuteRequest request) throws IOException {
        try {
            return toSdk(simulator.apply(fromSdk(request)));
        } catch (ConnectionDropped dropped) {
            throw new IOException(dropped.getMessage(), dropped);
        }
    }

    private static WireRequest fromSdk(HttpExecuteRequest request) throws IOException {
        SdkHttpRequest http = request.httpRequest();
        Map<String, String> headers = new HashMap<>();
        for (Map.Entry<String, List<String>> header : http.headers().entrySet()) {
            if (!header.getValue().isEmpty()) {
                headers.put(
                        header.getKey().toLowerCase(Locale.ROOT),
                        header.getValue().get(0));
            }
        }
        headers.put(":path", http.encodedPath());
        String body = "";
        if (request.contentStreamProvider().isPresent()) {
            try (InputStream in = request.contentStreamProvider().get().newStream()) {
                body = new String(in.readAllBytes(), WireRequest.charset(headers.getOrDefault("content-type", "")));
            }
        }
        return new WireRequest(
                http.method().name(), http.host(), http.encodedQueryParameters().orElse(""), headers, body);
    }

    private static HttpExecuteResponse toSdk(WireResponse answer) {
        byte[] body = answer.bytes();
        var response = SdkHttpFullResponse.builder()
                .statusCode(answer.status())
                .putHeader("Content-Length", Integer.toString(body.length));
        answer.headers().forEach(response::putHeader);
        return HttpExecuteResponse.builder()
                .response(response.build())
                .responseBody(AbortableInputStream.create(new ByteArrayInputStream(body)))
                .build();
    }

    @Override
    public String clientName() {
        return "AmiRefreshSimulator";
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
