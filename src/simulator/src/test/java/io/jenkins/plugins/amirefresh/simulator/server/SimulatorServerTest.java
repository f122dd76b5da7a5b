package io.jenkins.plugins.amirefresh.simulator.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.amirefresh.simulator.Simulator;
import io.jenkins.plugins.amirefresh.simulator.account.AccountReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SimulatorServerTest {

    private static final Instant START = Instant.parse("2026-11-22T17:00:00Z");

    private final Simulator simulator = Simulator.of(
            new AccountReader()
                    .read(
                            "test.yaml",
                            """
                    start: 2026-11-22T17:00:00Z
                    accounts:
                      - id: 111111111111
                        regions:
                          - name: eu-west-1
                            images: [{name: base}]
                            launchTemplates: [{name: web, versions: [{image: base, instanceType: t3.micro}]}]
                            autoScalingGroups: [{name: web, launchTemplate: web, min: 1, desired: 2, max: 3}]
                    behaviours: [{match: {}, http: [{path: /health}]}]
                    """));
    private final SimulatorServer server = SimulatorServer.start(simulator, 0, 0);
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        server.close();
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String path) throws Exception {
        return client.send(
                request.uri(URI.create(server.endpoint() + path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(HttpRequest.newBuilder().GET(), path);
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return send(HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.ofString(body)), path);
    }

    @Test
    void whenTheClockIsAdvanced_thenSimulatedTimeMoves() throws Exception {
        assertThat(post("/_simulator/clock", "{\"advance\": \"1h30m\"}").statusCode())
                .isEqualTo(200);
        assertThat(simulator.now()).isEqualTo(START.plusSeconds(5400));
    }

    @Test
    void whenTheClockIsToGoTooFar_thenItIsRefusedAndTheSimulatorLives() throws Exception {
        HttpResponse<String> refused = post("/_simulator/clock", "{\"advanceTo\": \"9999-12-31T00:00:00Z\"}");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("at most ten years ahead");
        assertThat(get("/_simulator/health").statusCode()).isEqualTo(200);
        assertThat(simulator.now()).isEqualTo(START);
    }

    @Test
    void whenAPageOfAnotherSiteAsks_thenNothingIsReadOrChanged() throws Exception {
        HttpResponse<String> refused = send(
                HttpRequest.newBuilder()
                        .header("Origin", "https://example.com")
                        .header("Content-Type", "text/plain")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"advance\": \"1h\"}")),
                "/_simulator/clock");
        HttpResponse<String> own = send(
                HttpRequest.newBuilder()
                        .header("Origin", server.endpoint().toString())
                        .GET(),
                "/_simulator/health");

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(simulator.now()).isEqualTo(START);
        assertThat(own.statusCode()).isEqualTo(200);
    }

    @Test
    void whenAnotherHostsNameLeadsHere_thenItIsNotServed() throws Exception {
        assertThat(statusOf("GET /_simulator/state HTTP/1.1\r\nHost: rebound.example.com\r\nConnection: close\r\n\r\n"))
                .contains(" 403 ");
        assertThat(statusOf("GET /_simulator/health HTTP/1.1\r\nHost: localhost:4566\r\nConnection: close\r\n\r\n"))
                .contains(" 200 ");
    }

    private String statusOf(String request) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.endpoint().getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return answer.lines().findFirst().orElse("");
        }
    }

    @Test
    void whenTheClockRuns_thenItFollowsRealTimeMultiplied() {
        // given
        AtomicLong nanos = new AtomicLong();
        ServerClock clock = new ServerClock(simulator, nanos::get, 60);

        // when
        nanos.addAndGet(2_000_000_000L);

        // then
        assertThat(clock.catchUp()).isEqualTo(START.plusSeconds(120));
        clock.speed(0);
        nanos.addAndGet(2_000_000_000L);
        assertThat(clock.catchUp()).isEqualTo(START.plusSeconds(120));
    }

    @Test
    void whenTheLowestHealthIsAsked_thenTheRecorderAnswers() throws Exception {
        // given
        String group = "/_simulator/lowest-healthy?account=111111111111&region=eu-west-1&group=";
        String span = "&from=2026-11-22T17:00:00Z&to=2026-11-22T18:00:00Z";

        // then
        assertThat(get(group + "web" + span).body()).contains("\"lowestHealthy\" : 2");
        assertThat(get(group + "nobody" + span).body()).doesNotContain("lowestHealthy");
        assertThat(get(group + "web&from=then&to=now").body()).contains("from must be a moment");
        assertThat(get("/_simulator/lowest-healthy").body()).contains("account is missing");
    }

    @Test
    void whenAPersonLooks_thenThePageShowsGroupsRefreshesAndCalls() throws Exception {
        // given
        post("/", "Action=StartInstanceRefresh&Version=2011-01-01&AutoScalingGroupName=web");
        post("/_simulator/clock", "{\"advance\": \"10s\"}");

        // when
        HttpResponse<String> page = get("/_simulator");
        String overview = get("/_simulator/overview").body();

        // then: the page needs nothing from elsewhere
        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=UTF-8");
        assertThat(page.body()).contains("Auto Scaling groups").doesNotContain("http://", "https://");
        assertThat(get("/_simulator/account.schema.json").body()).contains("\"$defs\"");
        assertThat(overview)
                .contains("\"web:1\" : ", "\"notInService\" : [ \"i-")
                .contains("\"status\" : \"InProgress\"")
                .contains("\"operation\" : \"StartInstanceRefresh\"");
    }

    @Test
    void whenAControlRequestIsWrong_thenItSaysWhat() throws Exception {
        assertThat(post("/_simulator/clock", "{\"advance\": \"soon\"}").body()).contains("advance must be a duration");
        assertThat(post("/_simulator/clock", "[").statusCode()).isEqualTo(400);
        assertThat(get("/_simulator/nothing").statusCode()).isEqualTo(404);
        assertThat(get("/_simulator/probe?url=%25").statusCode()).isEqualTo(400);
        assertThat(get("/_simulator/probe?url=http://10.9.9.9/").statusCode()).isEqualTo(404);
        assertThat(post("/_simulator/state", "").statusCode()).isEqualTo(405);
    }

    @Test
    void whenThePortIsTaken_thenOneLineSaysSo() {
        int port = server.endpoint().getPort();
        assertThatThrownBy(() -> SimulatorServer.start(simulator, port, 0))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("port " + port + " cannot be bound: ");
    }

    @Test
    void whenAnotherAddressIsTried_thenNobodyListens() throws Exception {
        for (NetworkInterface network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            for (InetAddress address : Collections.list(network.getInetAddresses())) {
                if (!address.isLoopbackAddress()) {
                    assertThatThrownBy(() -> {
                                try (Socket socket =
                                        new Socket(address, server.endpoint().getPort())) {
                                    socket.getOutputStream().write(1);
                                }
                            })
                            .isInstanceOf(IOException.class);
                }
            }
        }
    }

    @Test
    void whenRequestsAreGarbage_thenTheServerGoesOn() throws Exception {
        // given
        Random random = new Random(20261122);
        String[] seeds = {
            "Action=DescribeInstances&Version=2016-11-15",
            "Action=&Version=",
            "a.".repeat(5000) + "=1",
            "Action=DescribeInstances&Version=2016-11-15&Filter.99999999999.Name=x&InstanceId.0=&InstanceId.-1=%zz%",
            "%%%=%&&&==&=",
            "Action=CreateAutoScalingGroup&Version=2011-01-01&Tags.member.1.Key=%00%ff%fe&MinSize=1e9&MaxSize=--",
        };

        // when
        for (int round = 0; round < 200; round++) {
            StringBuilder body = new StringBuilder(seeds[round % seeds.length]);
            for (int flips = random.nextInt(8); flips > 0 && body.length() > 0; flips--) {
                body.setCharAt(random.nextInt(body.length()), (char) random.nextInt(0x250));
            }
            assertThat(post("/", body.toString()).statusCode()).isLessThan(500);
        }
        for (int round = 0; round < 50; round++) {
            byte[] noise = new byte[random.nextInt(4096)];
            random.nextBytes(noise);
            raw(noise);
        }
        raw("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999\r\n\r\nabc".getBytes(StandardCharsets.UTF_8));
        raw("POST /%zz?%zz HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.UTF_8));

        // then
        assertThat(get("/_simulator/health").statusCode()).isEqualTo(200);
    }

    @Test
    void whenABodyIsHuge_thenItIsRefused() throws Exception {
        assertThat(post("/", "x".repeat(9 * 1024 * 1024)).statusCode()).isEqualTo(413);
    }

    private void raw(byte[] bytes) {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.endpoint().getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(bytes);
            out.flush();
        } catch (IOException refusedByTheServer) {
            // It may close on noise at any moment; whether it goes on for others is asked afterwards.
            assertThat(refusedByTheServer).isNotNull();
        }
    }

    @Test
    void whenItIsTheProxyOfAClient_thenSimulatedMachinesAnswer() throws Exception {
        // given
        post("/_simulator/clock", "{\"advance\": \"10m\"}");
        Matcher address = Pattern.compile("\"privateAddress\" : \"([0-9.]+)\"")
                .matcher(get("/_simulator/state").body());
        assertThat(address.find()).isTrue();
        HttpClient proxied = HttpClient.newBuilder()
                .proxy(ProxySelector.of(new InetSocketAddress(
                        InetAddress.getLoopbackAddress(), server.endpoint().getPort())))
                .build();

        // when
        HttpResponse<String> healthy = proxied.send(
                HttpRequest.newBuilder(URI.create("http://" + address.group(1) + ":8080/health"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        HttpResponse<String> nobody = proxied.send(
                HttpRequest.newBuilder(URI.create("http://10.99.99.99:8080/health"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        // then
        assertThat(healthy.statusCode()).isEqualTo(200);
        assertThat(nobody.statusCode()).isEqualTo(502);
        assertThat(nobody.body()).contains("nothing simulated answers at 10.99.99.99:8080");
    }
}
