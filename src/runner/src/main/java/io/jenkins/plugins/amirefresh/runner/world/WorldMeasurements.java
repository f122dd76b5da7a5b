package io.jenkins.plugins.amirefresh.runner.world;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.report.Measurements;
import java.time.Instant;
import java.util.OptionalInt;

/** What the simulated account counted. */
public final class WorldMeasurements implements Measurements {
    private final World world;

    /** Asks {@code world}. */
    public WorldMeasurements(World world) {
        this.world = world;
    }

    @Override
    public OptionalInt lowestHealthy(GroupKey group, Instant from, Instant to) {
        return world.lowestHealthy(
                group.account().value(), group.region().value(), group.name().value(), from, to);
    }

    @Override
    public Calls calls() {
        JsonNode calls = world.calls();
        int mutating = 0;
        for (JsonNode call : calls) {
            mutating += call.path("mutating").asBoolean() ? 1 : 0;
        }
        return new Calls(calls.size(), mutating);
    }
}
