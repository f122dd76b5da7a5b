package io.jenkins.plugins.amirefresh.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/** Hands every call to the simulator, except where the process that makes it is to die. */
final class MortalHttpClient implements SdkHttpClient {

    private static final Pattern ACTION = Pattern.compile("(?:^|&)Action=([^&]+)");
    private static final Pattern READS = Pattern.compile("(Describe|Get|List|AssumeRole).*");

    private final SdkHttpClient simulator;
    private final List<String> mutating = new ArrayList<>();
    private int fatalCall;
    private Death.Moment moment = Death.Moment.BEFORE_THE_ANSWER;
    private boolean isDead;

    MortalHttpClient(SdkHttpClient simulator) {
        this.simulator = simulator;
    }

    /** The process dies at this mutating call, counted from 1. */
    void dieAt(int call, Death.Moment when) {
        fatalCall = call;
        moment = when;
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
                return send(operation(request), call);
            }

            @Override
            public void abort() {
                call.abort();
            }
        };
    }

    private HttpExecuteResponse send(String operation, ExecutableHttpRequest call) throws IOException {
        if (isDead) {
            throw new Death(operation);
        }
        if (READS.matcher(operation).matches()) {
            return call.call();
        }
        mutating.add(operation);
        boolean isFatal = mutating.size() == fatalCall;
        if (isFatal && moment == Death.Moment.BEFORE_THE_CALL) {
            isDead = true;
            throw new Death(operation);
        }
        HttpExecuteResponse answer = call.call();
        if (isFatal) {
            isDead = true;
            throw new Death(operation);
        }
        return answer;
    }

    private static String operation(HttpExecuteRequest request) throws IOException {
        String body = "";
        if (request.contentStreamProvider().isPresent()) {
            try (InputStream in = request.contentStreamProvider().get().newStream()) {
                body = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
        Matcher matcher = ACTION.matcher(body);
        if (!matcher.find()) {
            throw new IllegalStateException("no Action in " + body);
        }
        return URLDecoder.decode(matcher.group(1), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        simulator.close();
    }
}
