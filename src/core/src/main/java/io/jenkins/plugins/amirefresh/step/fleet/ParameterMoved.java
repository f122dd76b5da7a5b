package io.jenkins.plugins.amirefresh.step.fleet;

import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.cloud.Instances;
import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.InstanceId;
import io.jenkins.plugins.amirefresh.model.InstanceObservation;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersionData;
import io.jenkins.plugins.amirefresh.model.VersionReference;
import io.jenkins.plugins.amirefresh.refresh.Matching;
import io.jenkins.plugins.amirefresh.step.preflight.Launchable;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What became of a refresh whose template follows a parameter that others may have moved since it began: every instance is on
 * the wanted version, but only the instances themselves say which image they run. Nothing is asked of other groups.
 *
 * @param outcome refreshed when all run what the next one will
 * @param told the end of the row's sentence; empty when all run what was wanted, and so will the next one
 */
record ParameterMoved(GroupOutcome outcome, String told) {

    private static final ParameterMoved NOT = new ParameterMoved(GroupOutcome.REFRESHED, "");

    static ParameterMoved look(Cloud cloud, Launchable launchable, @Nullable GroupObservation group, GroupWork work) {
        AmiId then = work.record().followed();
        if (then == null || group == null) {
            return NOT;
        }
        Optional<LaunchTemplateVersionData> version = launchable.version(
                work.place(),
                work.record().template(),
                VersionReference.of(work.record().to()));
        AmiId now =
                version.flatMap(data -> launchable.launched(work.place(), data)).orElse(then);
        String parameter = version.map(LaunchTemplateVersionData::imageId).orElse("its parameter");
        Map<AmiId, Long> counts = counts(cloud, group, work);
        String moved = "others moved " + parameter + " from " + then + " to " + now + " meanwhile";
        if (counts.keySet().stream().anyMatch(image -> !image.equals(now))) {
            String each = counts.entrySet().stream()
                    .map(image -> image.getValue() + " run " + image.getKey())
                    .collect(Collectors.joining(", "));
            return new ParameterMoved(
                    GroupOutcome.UNFINISHED,
                    "; but " + each + ": " + moved + "; it goes on while its window is open, else run again");
        }
        return now.equals(then) ? NOT : new ParameterMoved(GroupOutcome.REFRESHED, "; " + moved + ", and all run that");
    }

    /** How many instances of the wanted version run each image; those that overrides give theirs are told by that. */
    private static Map<AmiId, Long> counts(Cloud cloud, GroupObservation group, GroupWork work) {
        Matching matching = work.plan().matching();
        Set<InstanceId> ids = group.instances().stream()
                .filter(instance -> !instance.lifecycleState().isLeaving()
                        && !work.plan().isOutdated(instance, group.launchSource())
                        && work.record().template().equals(instance.template())
                        && (matching == null || matching.imageOf(instance).isEmpty()))
                .map(InstanceObservation::id)
                .collect(Collectors.toSet());
        return ids.isEmpty()
                ? Map.of()
                : cloud.instances().describe(ids).stream()
                        .collect(Collectors.groupingBy(Instances.Instance::ami, TreeMap::new, Collectors.counting()));
    }
}
