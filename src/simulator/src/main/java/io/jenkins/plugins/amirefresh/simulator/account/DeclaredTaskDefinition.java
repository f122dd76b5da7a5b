package io.jenkins.plugins.amirefresh.simulator.account;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * A family of task definitions of Amazon ECS.
 *
 * @param revisions members of RegisterTaskDefinition besides the family, revision 1 first; at least one
 */
public record DeclaredTaskDefinition(int line, String family, Map<String, String> tags, List<Revision> revisions) {

    public DeclaredTaskDefinition {
        tags = Lists.orEmpty(tags);
        revisions = Lists.orEmpty(revisions);
    }

    /** One revision in AWS's own words. */
    public record Revision(int line, JsonNode request) {}
}
