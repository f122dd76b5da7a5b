package io.jenkins.plugins.amirefresh.step.preflight;

import io.jenkins.plugins.amirefresh.journal.RefreshRecord;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersionData;
import io.jenkins.plugins.amirefresh.model.Place;
import io.jenkins.plugins.amirefresh.refresh.RefreshPlan;
import java.util.Set;

/**
 * What is about to be done to a group, forward or back.
 *
 * @param target what the group shall launch
 * @param record how the group is before
 * @param outdated instances that have to be replaced
 * @param tags names of the tags that will be written on the group
 * @param spared those of them that are left out where they have no room and that is taken on
 */
public record PlannedRefresh(
        Place place,
        GroupObservation group,
        LaunchTemplateVersionData target,
        RefreshRecord record,
        RefreshPlan plan,
        int outdated,
        Set<String> tags,
        Set<String> spared) {

    /** Copies the sets. */
    public PlannedRefresh {
        tags = Set.copyOf(tags);
        spared = Set.copyOf(spared);
    }
}
