package io.jenkins.plugins.amirefresh.step.fleet;

import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.journal.GroupResult;
import io.jenkins.plugins.amirefresh.journal.LeftOn;
import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersionData;
import io.jenkins.plugins.amirefresh.model.VersionReference;
import io.jenkins.plugins.amirefresh.step.StepHost;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a group is left with whose refresh did not come to its end: another group may find its image bad later. */
final class Leaving {

    private Leaving() {}

    static @Nullable LeftOn on(StepHost host, Fleet fleet, GroupWork work) {
        GroupResult result = work.result();
        Optional<GroupObservation> group = fleet.problem(work.place()).isPresent()
                ? Optional.empty()
                : fleet.group(work.group()).map(LocatedGroup::group);
        boolean isLeft = result != null
                && work.changed()
                && switch (result.outcome()) {
                    case FAILED, UNFINISHED, PAUSED -> true;
                    case REFRESHED, ROLLED_BACK, SKIPPED, MISSED, HELD, REFUSED -> false;
                };
        return isLeft
                ? group.flatMap(found -> on(FleetWork.cloud(host, work), work, found))
                        .orElse(null)
                : null;
    }

    private static Optional<LeftOn> on(Cloud cloud, GroupWork work, GroupObservation group) {
        VersionReference to = VersionReference.of(work.record().to());
        int instances = (int) group.instances().stream()
                .filter(instance -> !instance.lifecycleState().isLeaving()
                        && instance.isOn(work.record().template(), work.record().to()))
                .count();
        try {
            Optional<AmiId> image = cloud.launchTemplates()
                    .version(work.record().template(), to)
                    .flatMap(LaunchTemplateVersionData::ami);
            boolean launches = group.launchSource()
                    .mainTemplate()
                    .flatMap(main -> cloud.launchTemplates().version(main.id(), main.version()))
                    .flatMap(LaunchTemplateVersionData::ami)
                    .filter(ami -> image.filter(ami::equals).isPresent())
                    .isPresent();
            return image.filter(ami -> instances > 0 || launches)
                    .map(ami ->
                            new LeftOn(ami, instances, launches, work.record().hasWayBack()));
        } catch (CloudException e) {
            // The row is given all the same.
            return Optional.empty();
        }
    }
}
