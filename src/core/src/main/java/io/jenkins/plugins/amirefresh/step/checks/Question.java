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
 * @param ofOld it is the old version that is asked: what is now counts, no soak
 */
public record Question(
        StepHost host,
        Place place,
        GroupKey group,
        int backendPort,
        Supplier<Map<InstanceId, TargetState>> health,
        boolean ofOld,
        Instant now) {

    Cloud cloud() {
        return host.cloud(place.access(), place.region());
    }

    /** Unique among the questions of the build. */
    String key(String trial) {
        return host.run().id() + ":" + host.run().stepId() + ":" + group + ":" + (ofOld ? "old:" : "") + trial;
    }
}
