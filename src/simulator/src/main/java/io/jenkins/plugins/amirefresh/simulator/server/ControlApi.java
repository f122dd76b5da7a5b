package io.jenkins.plugins.amirefresh.simulator.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.Simulator;
import io.jenkins.plugins.amirefresh.simulator.account.AccountReader;
import io.jenkins.plugins.amirefresh.simulator.account.Durations;
import io.jenkins.plugins.amirefresh.simulator.kernel.AccountRegion;
import io.jenkins.plugins.amirefresh.simulator.kernel.Addresses.ProbeAnswer;
import io.jenkins.plugins.amirefresh.simulator.ssh.SshLog;
import io.jenkins.plugins.amirefresh.simulator.wire.WireResponse;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** What people and tests ask the simulator itself, under {@code /_simulator/}: JSON in, JSON out. */
final class ControlApi {

    static final String PREFIX = "/_simulator";

    private static final Duration LONGEST_ADVANCE = Duration.ofDays(3650);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Simulator simulator;
    private final ServerClock clock;
    private final Supplier<List<SshLog.Entry>> ssh;

    ControlApi(Simulator simulator, ServerClock clock, Supplier<List<SshLog.Entry>> ssh) {
        this.simulator = simulator;
        this.clock = clock;
        this.ssh = ssh;
    }

    WireResponse answer(String method, URI uri, String body) {
        String path = uri.getPath().substring(PREFIX.length());
        try {
            if (method.equals("POST") && path.equals("/clock")) {
                return ok(setClock(body));
            }
            if (!method.equals("GET")) {
                return json(405, problem(method + " is not allowed on " + uri.getPath()));
            }
            return get(path, uri);
        } catch (BadRequestException bad) {
            return json(400, problem(String.valueOf(bad.getMessage())));
        }
    }

    private WireResponse get(String path, URI uri) {
        clock.catchUp();
        return switch (path) {
            case "", "/" -> new WireResponse(200, Map.of("Content-Type", "text/html;charset=UTF-8"), Overview.page());
            case "/account.schema.json" ->
                new WireResponse(200, Map.of("Content-Type", "application/schema+json"), AccountReader.schemaText());
            case "/overview" -> ok(Overview.json(simulator, clock.speed()));
            case "/health" ->
                ok(node().put("status", "ok").put("now", simulator.now().toString()));
            case "/clock" -> ok(clockState());
            case "/state" -> ok(simulator.state());
            case "/fleet" -> ok(simulator.fleet());
            case "/warnings" -> ok(warnings());
            case "/calls" -> ok(calls(from(uri)));
            case "/events" -> ok(events(from(uri)));
            case "/ssh" -> ok(sshLog());
            case "/lowest-healthy" -> ok(lowestHealthy(uri));
            case "/probe" -> probe(parameter(uri, "url"));
            default ->
                json(
                        404,
                        problem(
                                "there is no " + PREFIX + path
                                        + "; there are health, clock, overview, state, fleet, warnings, calls, events, ssh, lowest-healthy, probe, account.schema.json"));
        };
    }

    private ObjectNode setClock(String body) {
        JsonNode wish = parse(body);
        if (wish.has("speed")) {
            double speed = wish.path("speed").asDouble(-1);
            if (!(speed >= 0) || speed > 1_000_000) {
                throw new BadRequestException("speed must be a number from 0 to 1000000");
            }
            clock.speed(speed);
        }
        if (wish.has("advance")) {
            String duration = wish.path("advance").asText();
            clock.advance(Durations.parse(duration)
                    .filter(parsed -> parsed.compareTo(LONGEST_ADVANCE) <= 0)
                    .orElseThrow(
                            () -> new BadRequestException("advance must be a duration like 10m, not " + duration)));
        }
        if (wish.has("advanceTo")) {
            clock.advanceTo(within(moment("advanceTo", wish.path("advanceTo").asText())));
        }
        return clockState();
    }

    private Instant within(Instant moment) {
        if (moment.isAfter(simulator.now().plus(LONGEST_ADVANCE))) {
            throw new BadRequestException("advanceTo must be at most ten years ahead of " + simulator.now());
        }
        return moment;
    }

    private static Instant moment(String name, String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException notAMoment) {
            throw new BadRequestException(name + " must be a moment like 2026-11-22T17:00:00Z, not " + text);
        }
    }

    private ObjectNode clockState() {
        ObjectNode state = node().put("now", simulator.now().toString()).put("speed", clock.speed());
        simulator.nextEvent().ifPresent(next -> state.put("nextEvent", next.toString()));
        return state;
    }

    private ArrayNode warnings() {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        simulator.warnings().forEach(list::add);
        return list;
    }

    private ArrayNode calls(int from) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        var calls = simulator.calls();
        calls.subList(Math.min(from, calls.size()), calls.size()).forEach(call -> list.add(call.json()));
        return list;
    }

    private ArrayNode events(int from) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        var effects = simulator.effects();
        effects.subList(Math.min(from, effects.size()), effects.size()).forEach(effect -> list.addObject()
                .put("at", effect.at().toString())
                .put("account", effect.accountId())
                .put("region", effect.region())
                .put("resource", effect.resource())
                .put("change", effect.change()));
        return list;
    }

    private ArrayNode sshLog() {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        ssh.get().forEach(entry -> list.addObject()
                .put("at", entry.at().toString())
                .put("instanceId", entry.instanceId())
                .put("user", entry.user())
                .put("kind", entry.kind())
                .put("text", entry.text())
                .put("result", entry.result()));
        return list;
    }

    /** The recorder's answer for a group between two moments; no number when the group was not there. */
    private ObjectNode lowestHealthy(URI uri) {
        AccountRegion at = new AccountRegion(required(uri, "account"), required(uri, "region"));
        String group = required(uri, "group");
        Instant from = moment("from", required(uri, "from"));
        Instant to = moment("to", required(uri, "to"));
        ObjectNode answer = node();
        simulator
                .recorded(recorder -> recorder.lowestServing(at, group, from, to))
                .ifPresent(lowest -> answer.put("lowestHealthy", lowest));
        return answer;
    }

    private static String required(URI uri, String name) {
        String value = parameter(uri, name);
        if (value.isEmpty()) {
            throw new BadRequestException(name + " is missing");
        }
        return value;
    }

    /** Forwards like a proxy, to a simulated machine or load balancer: what does not answer is a bad gateway, or too slow. */
    WireResponse forward(URI target) {
        clock.catchUp();
        return ask(target)
                .filter(answer -> answer.connected() || answer.silent())
                .map(answer -> answer.silent()
                        ? json(504, problem("nothing comes back from " + target.getAuthority()))
                        : new WireResponse(answer.status(), Map.of("Content-Type", "text/plain"), answer.body()))
                .orElseGet(() -> json(502, problem("nothing simulated answers at " + target.getAuthority())));
    }

    private WireResponse probe(String url) {
        URI target;
        try {
            target = URI.create(url);
        } catch (IllegalArgumentException notAUrl) {
            throw new BadRequestException("url must be an address like http://10.0.0.1:8080/health, not " + url);
        }
        if (target.getHost() == null) {
            throw new BadRequestException("url must be an address like http://10.0.0.1:8080/health, not " + url);
        }
        return ask(target)
                .map(answer -> ok(node().put("connected", answer.connected())
                        .put("silent", answer.silent())
                        .put("status", answer.status())
                        .put("body", answer.body())))
                .orElseGet(() -> json(404, problem("no simulated machine or load balancer is " + target.getHost())));
    }

    private Optional<ProbeAnswer> ask(URI target) {
        int defaultPort = "https".equals(target.getScheme()) ? 443 : 80;
        int port = target.getPort() < 0 ? defaultPort : target.getPort();
        String path = target.getRawPath() == null || target.getRawPath().isEmpty() ? "/" : target.getRawPath();
        return simulator.probe(target.getHost(), port, path);
    }

    private static int from(URI uri) {
        String from = parameter(uri, "from");
        if (!from.isEmpty() && !from.matches("[0-9]{1,9}")) {
            throw new BadRequestException("from must be a number, not " + from);
        }
        return from.isEmpty() ? 0 : Integer.parseInt(from);
    }

    private static String parameter(URI uri, String name) {
        for (String pair : List.of(Objects.toString(uri.getRawQuery(), "").split("&", -1))) {
            if (pair.startsWith(name + "=")) {
                try {
                    return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
                } catch (IllegalArgumentException badEscape) {
                    throw new BadRequestException(name + " has a bad escape");
                }
            }
        }
        return "";
    }

    private static JsonNode parse(String body) {
        try {
            JsonNode wish = JSON.readTree(body);
            if (wish.isObject() && (wish.has("speed") || wish.has("advance") || wish.has("advanceTo"))) {
                return wish;
            }
        } catch (JsonProcessingException notJson) {
            throw new BadRequestException("the body is not JSON: " + notJson.getOriginalMessage());
        }
        throw new BadRequestException("the body must be an object with speed, advance or advanceTo");
    }

    private static ObjectNode node() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static ObjectNode problem(String text) {
        return node().put("error", text);
    }

    private static WireResponse ok(JsonNode body) {
        return json(200, body);
    }

    private static WireResponse json(int status, JsonNode body) {
        return new WireResponse(status, Map.of("Content-Type", "application/json"), body.toPrettyString() + "\n");
    }

    private static final class BadRequestException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BadRequestException(String message) {
            super(message);
        }
    }
}
