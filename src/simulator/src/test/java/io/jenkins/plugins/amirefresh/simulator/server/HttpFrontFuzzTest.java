package io.jenkins.plugins.amirefresh.simulator.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.simulator.Simulator;
import io.jenkins.plugins.amirefresh.simulator.account.AccountReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever arrives on the socket, the next client is served. */
class HttpFrontFuzzTest {

    private static final long SEED = Long.getLong("simulator.fuzz.seed", 20261122L);
    private static final String CALL = "Action=DescribeAutoScalingGroups&Version=2011-01-01";

    private final SimulatorServer server = SimulatorServer.start(Simulator.of(new AccountReader().sample()), 0, 0);
    private final HttpClient client = HttpClient.newHttpClient();
    private final SplittableRandom random = new SplittableRandom(SEED);

    @AfterEach
    void close() {
        server.close();
    }

    private Socket connect() throws IOException {
        Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.endpoint().getPort());
        socket.setSoTimeout(10_000);
        return socket;
    }

    /** The first line of the answer, empty when the server closed or never answered. */
    private String send(byte[] bytes) {
        try (Socket socket = connect()) {
            OutputStream out = socket.getOutputStream();
            out.write(bytes);
            out.flush();
            socket.shutdownOutput();
            String answer = new String(socket.getInputStream().readNBytes(40), StandardCharsets.ISO_8859_1);
            return answer.lines().findFirst().orElse("");
        } catch (IOException closedByTheServer) {
            return "";
        }
    }

    private void assertServes() throws Exception {
        HttpRequest call = HttpRequest.newBuilder(URI.create(server.endpoint() + "/"))
                .timeout(Duration.ofSeconds(10))
                .POST(HttpRequest.BodyPublishers.ofString(CALL))
                .build();
        assertThat(client.send(call, HttpResponse.BodyHandlers.ofString()).statusCode())
                .as("seed %d", SEED)
                .isEqualTo(200);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String post(String headers, String body) {
        return "POST / HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n" + body;
    }

    @Test
    void whenRequestsAreBrokenInAnyPlace_thenNobodyGetsAServerError() throws Exception {
        // given
        byte[] sound = bytes(post("Content-Length: " + CALL.length() + "\r\n", CALL));

        // when
        for (int round = 0; round < 400; round++) {
            byte[] broken = sound.clone();
            for (int flips = 1 + random.nextInt(6); flips > 0; flips--) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
            }
            int length = random.nextInt(3) == 0 ? random.nextInt(broken.length) : broken.length;
            String answer = send(Arrays.copyOf(broken, length));

            // then
            assertThat(answer).as("seed %d, round %d", SEED, round).doesNotStartWith("HTTP/1.1 500");
        }
        assertServes();
    }

    @Test
    void whenRequestsHaveOddFrames_thenTheServerGoesOn() throws Exception {
        // when
        for (String odd : List.of(
                "",
                "\r\n\r\n\r\n",
                "GET\r\n\r\n",
                "GET / HTTP/9.9\r\n\r\n",
                "BREW / HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET http://[::1 HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /_simulator/../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /_simulator/calls?from=99999999999 HTTP/1.1\r\nHost: x\r\n\r\n",
                post("Content-Length: -1\r\n", ""),
                post("Content-Length: 1e9\r\n", ""),
                post("Content-Length: 9223372036854775807\r\n", "x"),
                post("Content-Length: 5\r\nContent-Length: 6\r\n", "hello!"),
                post("Transfer-Encoding: chunked\r\n", "zz\r\nhello\r\n0\r\n\r\n"),
                post("Transfer-Encoding: chunked\r\n", "ffffffffffffffff\r\nhello"),
                post("Transfer-Encoding: gzip\r\n", "hello"),
                post("Expect: 100-continue\r\nContent-Length: 10\r\n", ""),
                post("X-Amz-Target: " + ".".repeat(5000) + "\r\nContent-Length: 2\r\n", "{}"),
                post("Authorization: Credential=" + "/".repeat(5000) + "\r\nContent-Length: 0\r\n", ""),
                post("no colon\r\n: no name\r\nContent-Length: 0\r\n", ""))) {
            String answer = send(bytes(odd));
            assertThat(answer).as(odd).doesNotStartWith("HTTP/1.1 500");
        }

        // then
        assertServes();
    }

    @Test
    void whenAHeaderNeverEnds_thenTheServerGoesOn() throws Exception {
        // when
        String start = "GET / HTTP/1.1\r\nHost: x\r\nX-Long: ";
        send(bytes(start + "x".repeat(4 * 1024 * 1024)));
        send(bytes("GET /" + "x".repeat(4 * 1024 * 1024) + " HTTP/1.1\r\n\r\n"));
        send(bytes("GET / HTTP/1.1\r\n" + "A: b\r\n".repeat(200_000) + "\r\n"));

        // then
        assertServes();
    }

    @Test
    void whenBodiesAreAsLargeAsAllowed_thenTheyAreRefusedQuickly() throws Exception {
        // given
        int size = 2 * 1024 * 1024 - 1;
        String form = "a.b.c.d.e.f.g.h=1&";
        List<String> bodies = List.of(
                "{\"a\":".repeat(size / 5),
                "[".repeat(size),
                numbered(size),
                form.repeat(size / form.length()),
                "%".repeat(size),
                "a=" + "%41".repeat(size / 3 - 1));

        // when / then
        for (String body : bodies) {
            String answer = send(bytes(post("Content-Length: " + body.length() + "\r\n", body)));
            assertThat(answer).startsWith("HTTP/1.1 4");
        }
        assertServes();
    }

    /** Every key is a tree of its own. */
    private static String numbered(int size) {
        StringBuilder body = new StringBuilder(size);
        for (int n = 0; body.length() < size - 64; n++) {
            body.append(n).append(".a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p=&");
        }
        return body.toString();
    }

    @Test
    void whenManyClientsHoldTheirRequestsBack_thenOthersAreServed() throws Exception {
        // given
        List<Socket> slow = new ArrayList<>();
        try {
            for (int n = 0; n < 100; n++) {
                Socket socket = connect();
                slow.add(socket);
                String part = n % 2 == 0 ? post("Content-Length: 100\r\n", "Action=") : "POST / HT";
                socket.getOutputStream().write(bytes(part));
                socket.getOutputStream().flush();
            }

            // when / then
            assertServes();
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }
}
