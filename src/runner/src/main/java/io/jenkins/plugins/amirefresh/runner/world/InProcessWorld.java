package io.jenkins.plugins.amirefresh.runner.world;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.amirefresh.runner.time.RehearsalTime;
import io.jenkins.plugins.amirefresh.simulator.Simulator;
import io.jenkins.plugins.amirefresh.simulator.kernel.AccountRegion;
import io.jenkins.plugins.amirefresh.simulator.server.SimulatorServer;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpClient;

/** A simulator in this process; processes of the build reach it through a port of loopback. */
public final class InProcessWorld implements World {
    private final Simulator simulator;
    private final SimulatorServer server;
    private final RehearsalTime time;

    /**
     * Moves the simulator to {@code start} and opens a free port.
     *
     * @param policies IAM policies that the pipeline is held to; without any it may do everything
     */
    public InProcessWorld(Simulator simulator, Instant start, List<JsonNode> policies) {
        this.simulator = simulator;
        if (!policies.isEmpty()) {
            simulator.holdTo(AgentVariables.ACCESS_KEY, policies);
        }
        simulator.advanceTo(start);
        this.server = SimulatorServer.start(simulator, 0, 0);
        this.time = new SimulatorTime(simulator);
    }

    @Override
    public RehearsalTime time() {
        return time;
    }

    @Override
    public SdkHttpClient http() {
        return simulator.sdkHttpClient();
    }

    @Override
    public @Nullable URI endpoint() {
        return null;
    }

    @Override
    public Map<String, String> agentEnvironment() {
        return AgentVariables.of(server.endpoint());
    }

    @Override
    public Optional<Answer> probe(String host, int port, String path) {
        return simulator
                .probe(host, port, path)
                .map(answer -> new Answer(answer.connected(), answer.silent(), answer.status(), answer.body()));
    }

    @Override
    public JsonNode calls() {
        ArrayNode calls = JsonNodeFactory.instance.arrayNode();
        simulator.calls().forEach(call -> calls.add(call.json()));
        return calls;
    }

    @Override
    public JsonNode fleet() {
        return simulator.fleet();
    }

    @Override
    public List<String> warnings() {
        return simulator.warnings();
    }

    @Override
    public OptionalInt lowestHealthy(String account, String region, String group, Instant from, Instant to) {
        AccountRegion at = new AccountRegion(account, region);
        return simulator
                .recorded(recorder -> recorder.lowestServing(at, group, from, to))
                .map(OptionalInt::of)
                .orElse(OptionalInt.empty());
    }

    @Override
    public void close() {
        server.close();
    }
}
