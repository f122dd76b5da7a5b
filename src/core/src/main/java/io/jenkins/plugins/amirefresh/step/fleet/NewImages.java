package io.jenkins.plugins.amirefresh.step.fleet;

import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.cloud.Instances;
import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.InstanceId;
import io.jenkins.plugins.amirefresh.model.InstanceObservation;
import io.jenkins.plugins.amirefresh.refresh.Matching;
import io.jenkins.plugins.amirefresh.refresh.RefreshPlan;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Instances of the wanted version that run another image all the same, since they were launched before the group's overrides
 * named the wanted one: only they themselves say so. Each is asked once, in groups whose overrides name an AMI.
 */
final class NewImages {

    private NewImages() {}

    static GroupWork look(Cloud cloud, GroupObservation group, GroupWork work) {
        RefreshPlan plan = work.plan();
        Matching matching = plan.matching();
        if (matching == null || matching.images().isEmpty()) {
            return work;
        }
        Map<InstanceId, AmiId> expected = new HashMap<>();
        for (InstanceObservation instance : group.instances()) {
            Optional<AmiId> image = matching.imageOf(instance);
            boolean isNew = !instance.lifecycleState().isLeaving()
                    && !work.state().sightings().containsKey(instance.id())
                    && !plan.isOutdated(instance, group.launchSource());
            if (isNew && image.isPresent()) {
                expected.put(instance.id(), image.get());
            }
        }
        Set<InstanceId> unlike = new HashSet<>();
        for (Instances.Instance instance : cloud.instances().describe(expected.keySet())) {
            if (!instance.ami().equals(expected.get(instance.id()))) {
                unlike.add(instance.id());
            }
        }
        return unlike.isEmpty() ? work : work.with(plan.judgedBy(matching.withUnlike(unlike)));
    }
}
