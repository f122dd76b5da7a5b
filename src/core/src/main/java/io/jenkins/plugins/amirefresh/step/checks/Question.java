package io.jenkins.plugins.amirefresh.step.checks;

import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.model.InstanceId;
import io.jenkins.plugins.amirefresh.model.Place;
import io.jenkins.plugins.amirefresh.model.TargetState;
import io.jenkins.plugins.amirefresh.step.StepHost;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;

/**
 * About whom a group's checks are asked, and through whom.
 *
 * @param backendPort the port of its target group, 0 without one
 * @param health the health of its instances at all its target groups, read at most once
 * @param asked which version is asked
 */
public record Question(
        StepHost host,
        Place place,
        GroupKey group,
        int backendPort,
        Supplier<Map<InstanceId, TargetState>> health,
        Asked asked,
        Instant now) {

    /** Which version is asked. */
    public enum Asked {
        /** The one to prove. */
        NEW(""),
        /** The one that it replaces: what is now counts, no soak. */
        OLD("old:"),
        /** The one that the group came back to, in the same way. */
        AGAIN("again:");

        private final String prefix;

        Asked(String prefix) {
            this.prefix = prefix;
        }
    }

    boolean ofOld() {
        return asked != Asked.NEW;
    }

    Cloud cloud() {
        return host.cloud(place.access(), place.region());
    }

    /** Unique among the questions of the build. */
    String key(String trial) {
        return host.run().id() + ":" + host.run().stepId() + ":" + group + ":" + asked.prefix + trial;
    }
}
