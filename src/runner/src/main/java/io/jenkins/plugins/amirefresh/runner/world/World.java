package io.jenkins.plugins.amirefresh.runner.world;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.amirefresh.runner.time.RehearsalTime;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpClient;

/** What surrounds a rehearsal. */
public interface World extends AutoCloseable {
    /** Simulated time. */
    RehearsalTime time();

    /** Reaches AWS. */
    SdkHttpClient http();

    /** Where AWS is for clients of the SDK; null when {@link #http} ends there by itself. */
    @Nullable
    URI endpoint();

    /** What processes of a build need to reach the same account. */
    Map<String, String> agentEnvironment();

    /** What a host of the simulated network answers; empty when there is no such host. */
    Optional<Answer> probe(String host, int port, String path);

    /** Every API call so far, an array, oldest first. */
    JsonNode calls();

    /** What every group runs and would launch next, with launch templates and AMIs, as {@code fleet.json} has it. */
    JsonNode fleet();

    /** What the account file says and nothing came of, one line each. */
    default List<String> warnings() {
        return List.of();
    }

    /** The fewest serving instances a group had between two moments; empty when nobody watched. */
    default OptionalInt lowestHealthy(String account, String region, String group, Instant from, Instant to) {
        return OptionalInt.empty();
    }

    @Override
    void close();

    /**
     * What a simulated host answers.
     *
     * @param connected whether anything listens there
     * @param silent nothing comes back at all: who asks waits until his patience ends
     */
    record Answer(boolean connected, boolean silent, int status, String body) {}
}
