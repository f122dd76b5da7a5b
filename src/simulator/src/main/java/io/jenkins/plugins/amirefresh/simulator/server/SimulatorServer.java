package io.jenkins.plugins.amirefresh.simulator.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.amirefresh.simulator.Simulator;
import io.jenkins.plugins.amirefresh.simulator.faults.ConnectionDropped;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import io.jenkins.plugins.amirefresh.simulator.ssh.SshFront;
import io.jenkins.plugins.amirefresh.simulator.wire.Wire;
import io.jenkins.plugins.amirefresh.simulator.wire.WireRequest;
import io.jenkins.plugins.amirefresh.simulator.wire.WireResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** AWS's protocols and the control interface over HTTP, bound to loopback and nothing else. */
public final class SimulatorServer implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(SimulatorServer.class.getName());
    private static final long DRAINED = 64L * 1024 * 1024;
    private static final int MAX_BODY = 2 * 1024 * 1024;

    /** A client that holds its request back holds a thread, until the JDK's server cuts it off. */
    private static final int MAX_THREADS = 1000;

    private static final String LONGEST_REQUEST_SECONDS = "60";
    private static final long TICK_MILLIS = 50;

    private static final Pattern AWS =
            Pattern.compile("[a-z0-9.-]+\\.amazonaws\\.com(\\.cn)?(:[0-9]{1,5})?", Pattern.CASE_INSENSITIVE);

    private static final Pattern LOCAL = Pattern.compile(
            "(localhost|[a-z0-9.-]*\\.localhost|127(\\.[0-9]{1,3}){3}|\\[::1])(:[0-9]{1,5})?",
            Pattern.CASE_INSENSITIVE);

    private final Simulator simulator;
    private final ServerClock clock;
    private final ControlApi control;
    private final HttpServer http;
    private final ExecutorService requests;
    private final ScheduledExecutorService ticker;
    private final SshFront ssh;

    private SimulatorServer(Simulator simulator, HttpServer http, SshFront ssh, double speed) {
        this.simulator = simulator;
        this.clock = new ServerClock(simulator, System::nanoTime, speed);
        this.control = new ControlApi(simulator, clock, ssh::log);
        this.http = http;
        this.ssh = ssh;
        this.requests = new ThreadPoolExecutor(
                0, MAX_THREADS, 60, TimeUnit.SECONDS, new SynchronousQueue<>(), threads("simulator-request"));
        this.ticker = Executors.newSingleThreadScheduledExecutor(threads("simulator-clock"));
    }

    /**
     * Binds and starts.
     *
     * @param port 0 takes a free one
     * @param speed simulated seconds a real second; 0 stands still until somebody advances it
     * @throws UncheckedIOException when the port, or one of the account file's SSH ports, is taken
     */
    public static SimulatorServer start(Simulator simulator, int port, double speed) {
        // The JDK's server reads these once, from here only. Without the first every small answer waits 40 ms for an
        // acknowledgement, without the others a client may hold a thread for ever.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.maxReqTime", LONGEST_REQUEST_SECONDS);
        System.setProperty("sun.net.httpserver.maxRspTime", LONGEST_REQUEST_SECONDS);
        try {
            HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            SimulatorServer server = new SimulatorServer(simulator, http, ssh(simulator, http), speed);
            http.createContext("/", server::serve);
            http.setExecutor(server.requests);
            http.start();
            Future<?> unused =
                    server.ticker.scheduleWithFixedDelay(server::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
            return server;
        } catch (IOException refused) {
            throw new UncheckedIOException("port " + port + " cannot be bound: " + refused.getMessage(), refused);
        }
    }

    private static SshFront ssh(Simulator simulator, HttpServer http) {
        try {
            return SshFront.start(simulator);
        } catch (UncheckedIOException refused) {
            http.stop(0);
            throw refused;
        }
    }

    private static ThreadFactory threads(String name) {
        return work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Where clients go, for example {@code http://127.0.0.1:4566}. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    /** The clock, to change its pace. */
    public ServerClock clock() {
        return clock;
    }

    private void tick() {
        try {
            clock.catchUp();
        } catch (RuntimeException broken) {
            // An event that fails is a mistake of ours; time must go on for everybody else.
            LOG.log(System.Logger.Level.ERROR, "an event of the simulated account failed", broken);
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY + 1);
            if (body.length > MAX_BODY) {
                // Who is cut off while it still sends does not see the answer; skip() may stop early, so it is read.
                drain(exchange.getRequestBody());
                send(
                        exchange,
                        Wire.refusal(new AwsError("RequestEntityTooLarge", 413, "The request is too large."), ""));
                return;
            }
            String type = Objects.toString(exchange.getRequestHeaders().getFirst("Content-Type"), "");
            answer(exchange, new String(body, WireRequest.charset(type)));
        }
    }

    private static void drain(InputStream body) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        long left = DRAINED;
        for (int read = 0; left > 0 && read >= 0; left -= read) {
            read = body.read(buffer);
        }
    }

    private void answer(HttpExchange exchange, String body) throws IOException {
        WireResponse response;
        try {
            response = route(exchange, body);
        } catch (ConnectionDropped declaredFault) {
            // Closing the exchange without an answer cuts the connection.
            return;
        } catch (RuntimeException broken) {
            LOG.log(System.Logger.Level.ERROR, "a request could not be answered", broken);
            response = Wire.refusal(new AwsError("InternalFailure", 500, String.valueOf(broken.getMessage())), "");
        } catch (StackOverflowError tooDeep) {
            response = Wire.refusal(AwsError.client("MalformedQueryString", "The request nests too deeply."), "");
        }
        send(exchange, response);
    }

    /**
     * A web page that somebody has open must not read or move the account: a browser names the page's origin, and the page's
     * own host when its name was made to lead here.
     */
    private static boolean isFromAnotherSite(HttpExchange exchange) {
        String origin = Objects.toString(exchange.getRequestHeaders().getFirst("Origin"), "");
        String host = Objects.toString(exchange.getRequestHeaders().getFirst("Host"), "");
        boolean isControl =
                Objects.toString(exchange.getRequestURI().getPath(), "").startsWith(ControlApi.PREFIX);
        boolean isKnown = isLocal(host)
                || host.isEmpty()
                || (!isControl && AWS.matcher(host).matches());
        return !isKnown || (!origin.isEmpty() && !isLocal(authority(origin)));
    }

    private static String authority(String origin) {
        int scheme = origin.indexOf("://");
        return scheme < 0 ? origin : origin.substring(scheme + 3);
    }

    private static boolean isLocal(String authority) {
        return LOCAL.matcher(authority).matches();
    }

    /** A request with a whole address is meant for a proxy: a health check of a simulated machine. */
    private WireResponse route(HttpExchange exchange, String body) {
        URI uri = exchange.getRequestURI();
        if (uri.getHost() != null) {
            return control.forward(uri);
        }
        if (isFromAnotherSite(exchange)) {
            return new WireResponse(
                    403,
                    Map.of("Content-Type", "text/plain"),
                    "The simulator answers pages of this machine alone; call it as 127.0.0.1 or localhost.\n");
        }
        return uri.getPath() != null && uri.getPath().startsWith(ControlApi.PREFIX)
                ? control.answer(exchange.getRequestMethod(), uri, body)
                : api(exchange, body);
    }

    private WireResponse api(HttpExchange exchange, String body) {
        clock.catchUp();
        Map<String, String> headers = new HashMap<>();
        for (Map.Entry<String, List<String>> header :
                exchange.getRequestHeaders().entrySet()) {
            if (!header.getValue().isEmpty()) {
                headers.put(
                        header.getKey().toLowerCase(Locale.ROOT),
                        Objects.toString(header.getValue().get(0), ""));
            }
        }
        URI uri = exchange.getRequestURI();
        headers.put(":path", Objects.toString(uri.getPath(), ""));
        return simulator.handle(new WireRequest(
                exchange.getRequestMethod(),
                headers.getOrDefault("host", ""),
                Objects.toString(uri.getRawQuery(), ""),
                headers,
                body));
    }

    private static void send(HttpExchange exchange, WireResponse response) throws IOException {
        byte[] body = response.bytes();
        response.headers()
                .forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        boolean empty = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(response.status(), empty ? -1 : body.length);
        if (!empty) {
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        ticker.shutdownNow();
        http.stop(0);
        requests.shutdownNow();
        ssh.close();
    }
}
