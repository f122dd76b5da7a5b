package io.jenkins.plugins.amirefresh.packer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;

/**
 * The file that Packer's manifest post-processor writes. It grows with every run, so only the last run's builds count.
 *
 * <p>Source: Packer documentation, "Manifest Post-Processor".
 */
public final class PackerManifest {

    private PackerManifest() {}

    /**
     * The artifacts of the last run, those with AMIs.
     *
     * @throws IllegalArgumentException when the text is no manifest, with one line that says so
     */
    public static List<PackerArtifact> lastRun(String json) {
        JsonNode root = read(json);
        JsonNode lastRun = root.path("last_run_uuid");
        if (!root.path("builds").isArray() || !lastRun.isTextual()) {
            throw new IllegalArgumentException("this is no Packer manifest: it has no builds and no last_run_uuid");
        }
        List<PackerArtifact> artifacts = new ArrayList<>();
        for (JsonNode build : root.path("builds")) {
            if (build.path("packer_run_uuid").asText().equals(lastRun.asText())) {
                String name = build.path("builder_type").asText() + "."
                        + build.path("name").asText();
                artifacts.add(
                        PackerArtifact.parse(name, build.path("artifact_id").asText()));
            }
        }
        return artifacts.stream().filter(artifact -> !artifact.amis().isEmpty()).toList();
    }

    private static JsonNode read(String json) {
        try {
            return new ObjectMapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("this is no Packer manifest: " + e.getOriginalMessage(), e);
        }
    }
}
