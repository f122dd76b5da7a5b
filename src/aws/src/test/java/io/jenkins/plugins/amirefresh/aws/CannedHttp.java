package io.jenkins.plugins.amirefresh.aws;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;

/** An HTTP client that answers what a test wrote down, in order, and keeps what was sent. */
final class CannedHttp implements SdkHttpClient {

    private final Deque<Answer> answers = new ArrayDeque<>();
    private final List<String> bodies = new ArrayList<>();
    private final List<String> userAgents = new ArrayList<>();

    CannedHttp answer(String xml) {
        answers.add(new Answer(200, xml));
        return this;
    }

    CannedHttp refuse(int status, String code, String message) {
        answers.add(new Answer(
                status,
                "<ErrorResponse><Error><Type>Sender</Type><Code>" + code + "</Code><Message>" + message
                        + "</Message></Error><RequestId>req-1</RequestId></ErrorResponse>"));
        return this;
    }

    CannedHttp refuseAsEc2(int status, String code, String message) {
        answers.add(new Answer(
                status,
                "<Response><Errors><Error><Code>" + code + "</Code><Message>" + message
                        + "</Message></Error></Errors><RequestID>req-1</RequestID></Response>"));
        return this;
    }

    CannedHttp drop() {
        answers.add(new Answer(0, "Connection reset"));
        return this;
    }

    /** The decoded bodies of all requests, oldest first. */
    List<String> sent() {
        return List.copyOf(bodies);
    }

    List<String> sent(Predicate<String> which) {
        return bodies.stream().filter(which).toList();
    }

    List<String> userAgents() {
        return List.copyOf(userAgents);
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
                // Nothing is under way.
            }
        };
    }

    private HttpExecuteResponse execute(HttpExecuteRequest request) throws IOException {
        byte[] body = request.contentStreamProvider().isPresent()
                ? request.contentStreamProvider().get().newStream().readAllBytes()
                : new byte[0];
        bodies.add(URLDecoder.decode(new String(body, StandardCharsets.UTF_8), StandardCharsets.UTF_8));
        userAgents.add(request.httpRequest().firstMatchingHeader("User-Agent").orElse(""));
        Answer answer = answers.isEmpty() ? new Answer(599, "nothing was written down") : answers.remove();
        if (answer.status() == 0) {
            throw new IOException(answer.body());
        }
        return HttpExecuteResponse.builder()
                .response(SdkHttpFullResponse.builder()
                        .statusCode(answer.status())
                        .putHeader("Content-Type", "text/xml")
                        .build())
                .responseBody(AbortableInputStream.create(
                        new ByteArrayInputStream(answer.body().getBytes(StandardCharsets.UTF_8))))
                .build();
    }

    @Override
    public void close() {
        // Belongs to the test.
    }

    private record Answer(int status, String body) {}
}
