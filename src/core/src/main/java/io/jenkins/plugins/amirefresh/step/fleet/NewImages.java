package io.jenkins.plugins.amirefresh.step.fleet;

import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.cloud.Instances;
import io.jenkins.plugins.amirefresh.journal.RefreshRecord;
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
import org.jspecify.annotations.Nullable;

/**
 * Instances of the wanted version that run another image all the same, since they were launched when the group's overrides,
 * or the parameter that its template follows, named another one: only they themselves say so. Each is asked once, in groups
 * whose overrides name an AMI and on ways back where no version tells old from new.
 */
final class NewImages {

    private NewImages() {}

    static GroupWork look(Cloud cloud, GroupObservation group, GroupWork work) {
        RefreshPlan plan = work.plan();
        Matching matching = plan.matching();
        boolean goesByImage =
                work.isRollback() && matching != null && (work.record().byImage() || matching.knowsSame());
        RefreshRecord back = goesByImage ? work.record() : null;
        if (matching == null || (matching.images().isEmpty() && back == null)) {
            return work;
        }
        Set<InstanceId> unlike =
                unlike(cloud, group, plan, back, work.state().sightings().keySet());
        return unlike.isEmpty() ? work : work.with(plan.judgedBy(matching.withUnlike(unlike)));
    }

    /** The way back to where a record says, told which instances run another image than before. */
    static RefreshPlan judged(Cloud cloud, GroupObservation group, RefreshPlan way, RefreshRecord record) {
        Matching matching = Matching.back(record.overridesBefore(), record.images());
        if (record.byImage()) {
            matching = matching.withSame(record.template(), record.to());
        }
        RefreshPlan plan = way.judgedBy(matching);
        Set<InstanceId> unlike = unlike(cloud, group, plan, record.byImage() ? record : null, Set.of());
        return unlike.isEmpty() ? plan : plan.judgedBy(matching.withUnlike(unlike));
    }

    private static Set<InstanceId> unlike(
            Cloud cloud,
            GroupObservation group,
            RefreshPlan plan,
            @Nullable RefreshRecord back,
            Set<InstanceId> known) {
        Map<InstanceId, AmiId> expected = new HashMap<>();
        for (InstanceObservation instance : group.instances()) {
            Optional<AmiId> image = expected(instance, plan, back);
            boolean isNew = !instance.lifecycleState().isLeaving()
                    && !known.contains(instance.id())
                    && !plan.isOutdated(instance, group.launchSource());
            if (isNew && image.isPresent()) {
                expected.put(instance.id(), image.get());
            }
        }
        if (expected.isEmpty()) {
            return Set.of();
        }
        Set<InstanceId> unlike = new HashSet<>();
        for (Instances.Instance instance : cloud.instances().describe(expected.keySet())) {
            if (!instance.ami().equals(expected.get(instance.id()))) {
                unlike.add(instance.id());
            }
        }
        return unlike;
    }

    private static boolean isOfSame(InstanceObservation instance, RefreshPlan plan, RefreshRecord record) {
        return plan.matching() != null
                && !instance.isOn(record.template(), record.from())
                && plan.matching().isLike(instance, record.template(), record.from());
    }

    /** What the override of its type names, else what its version launched before its parameter moved. */
    private static Optional<AmiId> expected(
            InstanceObservation instance, RefreshPlan plan, @Nullable RefreshRecord back) {
        return Optional.ofNullable(plan.matching())
                .flatMap(matching -> matching.imageOf(instance))
                .or(() -> Optional.ofNullable(back)
                        .filter(record ->
                                instance.isOn(record.template(), record.to()) || isOfSame(instance, plan, record))
                        .map(RefreshRecord::ami));
    }
}
