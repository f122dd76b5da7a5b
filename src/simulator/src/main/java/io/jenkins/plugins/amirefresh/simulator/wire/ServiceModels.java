package io.jenkins.plugins.amirefresh.simulator.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * AWS's models from the class path, each read once for all simulators that share them.
 *
 * <p>Thread: any; what is read is never changed.
 */
public final class ServiceModels {

    static final String FOLDER = "/io/jenkins/plugins/amirefresh/simulator/models";

    private final ObjectMapper mapper = new ObjectMapper();
    private final Map<String, JsonNode> roots = new ConcurrentHashMap<>();

    /**
     * A model of its own for one simulator.
     *
     * @throws IllegalStateException when the build holds no such model
     */
    ServiceModel of(String name) {
        return new ServiceModel(name, roots.computeIfAbsent(name, this::read));
    }

    private JsonNode read(String name) {
        try (InputStream in = ServiceModel.class.getResourceAsStream(FOLDER + "/" + name + ".json")) {
            if (in == null) {
                throw new IllegalStateException("no service model " + name + "; the build takes them in, see pom.xml");
            }
            return mapper.readTree(in);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("service model " + name, unreadable);
        }
    }
}
