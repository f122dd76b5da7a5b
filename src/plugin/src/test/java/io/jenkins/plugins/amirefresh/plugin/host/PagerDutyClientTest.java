package io.jenkins.plugins.amirefresh.plugin.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.amirefresh.journal.Json;
import io.jenkins.plugins.amirefresh.step.SlackPosts.Receipt;
import io.jenkins.plugins.amirefresh.step.pagerduty.PagerDutyEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PagerDutyClientTest {

    private static final String KEY = "R0123456789abcdef0123456789abcde";
    private static final Duration PATIENT = Duration.ofSeconds(20);
    private static final PagerDutyEvent EVENT = new PagerDutyEvent(
            "oncall", PagerDutyEvent.Action.TRIGGER, "web", "web: failed", "1/eu-west-1/web", "web", "infra");

    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final List<String> logged = new CopyOnWriteArrayList<>();
    private final CountDownLatch released = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Handler listener = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            logged.add(entry.getMessage() + " " + entry.getThrown());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private HttpServer server;
    private Level level;

    @BeforeEach
    void begin() throws IOException {
        Logger root = Logger.getLogger("");
        level = root.getLevel();
        root.setLevel(Level.ALL);
        root.addHandler(listener);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void end() {
        released.countDown();
        server.stop(0);
        threads.shutdownNow();
        Logger.getLogger("").removeHandler(listener);
        Logger.getLogger("").setLevel(level);
    }

    private void answering(int status, String body, String... header) {
        server.createContext("/v2/enqueue", exchange -> {
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            if (header.length > 0) {
                exchange.getResponseHeaders().add(header[0], header[1]);
            }
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    private Receipt sent(Duration timeLimit) {
        URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v2/enqueue");
        var client = new PagerDutyClient(
                HttpClient.newHttpClient(),
                endpoint,
                id -> Optional.of(KEY).filter(key -> id.equals("oncall")),
                timeLimit);
        return client.send("one", EVENT.message()).join();
    }

    @Test
    void whenAccepted_thenTheEventWentOutWhole() throws IOException {
        // given
        answering(202, "{\"status\":\"success\",\"message\":\"Event processed\",\"dedup_key\":\"web\"}");

        // when
        Receipt receipt = sent(PATIENT);

        // then
        assertThat(receipt).isEqualTo(new Receipt.Posted("pagerduty:oncall", ""));
        JsonNode body = Json.mapper().readTree(bodies.get(0));
        assertThat(body)
                .isEqualTo(Json.mapper()
                        .readTree("{\"routing_key\":\"" + KEY + "\",\"event_action\":\"trigger\",\"dedup_key\":\"web\","
                                + "\"payload\":{\"summary\":\"web: failed\",\"source\":\"1/eu-west-1/web\","
                                + "\"severity\":\"critical\",\"component\":\"web\",\"group\":\"infra\"}}"));
        assertThat(logged).noneMatch(line -> line.contains(KEY));
    }

    @ParameterizedTest
    @CsvSource({"429, 30, 30", "429, '', 0", "429, soon, 0", "500, '', 0", "503, 5, 5"})
    void whenItIsToWait_thenLaterAndAsLongAsItSays(int status, String after, long seconds) {
        // given
        answering(status, "", "Retry-After", after);

        // when
        Receipt receipt = sent(PATIENT);

        // then
        assertThat(receipt).isEqualTo(new Receipt.Later("PagerDuty answered " + status, Duration.ofSeconds(seconds)));
        assertThat(bodies).hasSize(1);
    }

    @Test
    void whenTheEventIsInvalid_thenPagerDutysWordsAreSaidWithoutTheKey() {
        // given
        answering(
                400,
                "{\"status\":\"invalid event\",\"message\":\"Event object is invalid\",\"errors\":[\"'routing_key' "
                        + KEY + "\\nis unknown\"]}");

        // when
        Receipt receipt = sent(PATIENT);

        // then
        assertThat(receipt)
                .isEqualTo(new Receipt.Refused(
                        "PagerDuty answered 400: Event object is invalid: 'routing_key' **** is unknown"));
        assertThat(bodies).hasSize(1);
        assertThat(logged).noneMatch(line -> line.contains(KEY));
    }

    @ParameterizedTest
    @CsvSource({"400, ''", "403, '<html>proxy</html>'", "404, '[]'", "200, '{}'"})
    void whenAnotherAnswersForIt_thenOnlyTheStatusIsSaid(int status, String body) {
        // given
        answering(status, body);

        // when
        Receipt receipt = sent(PATIENT);

        // then
        assertThat(receipt).isEqualTo(new Receipt.Refused("PagerDuty answered " + status));
    }

    @Test
    void whenItDoesNotAnswerInTime_thenLater() {
        // given
        server.createContext("/v2/enqueue", exchange -> {
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });

        // when
        Receipt receipt = sent(Duration.ofMillis(200));

        // then
        assertThat(receipt)
                .isEqualTo(new Receipt.Later("PagerDuty did not answer: HttpTimeoutException", Duration.ZERO));
        assertThat(logged).noneMatch(line -> line.contains(KEY));
    }

    @Test
    void whenNobodyListens_thenLater() {
        // given
        server.stop(0);

        // when
        Receipt receipt = sent(PATIENT);

        // then
        assertThat(receipt).isEqualTo(new Receipt.Later("PagerDuty did not answer: ConnectException", Duration.ZERO));
    }
}
