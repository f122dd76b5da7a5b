package io.jenkins.plugins.amirefresh.simulator.kernel;

import java.util.List;
import java.util.Map;

/** Implemented by services whose resources policies can name. */
public interface ProtectedResources {

    /** What a call acts on; empty when it cannot be limited to resources, as with most that only read. */
    List<Resource> resources(ServiceCall call);

    /** What the caller must be allowed beside the call itself, as when a service launches for him; mostly nothing. */
    default List<Need> needs(ServiceCall call) {
        return List.of();
    }

    /**
     * A further action that a call stands for.
     *
     * @param action with its prefix, for example {@code iam:PassRole}
     * @param refusal what AWS says without it
     */
    record Need(String action, String arn, String refusal) {}

    /**
     * Something that a policy can name.
     *
     * @param arn may hold {@code *} for what does not exist yet
     * @param tags its tags before the call
     */
    record Resource(String arn, Map<String, String> tags) {

        /** Copies the tags. */
        public Resource {
            tags = Map.copyOf(tags);
        }
    }
}
