package io.jenkins.plugins.amirefresh.step.recycle;

import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateId;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import java.util.Map;

/**
 * What else is known of what a group is brought to.
 *
 * @param overrides the versions of templates that its overrides launch from, of those that have one in this run
 * @param isNew its version was made in this run, so that no instance can have been launched from one like it
 * @param isNamed somebody said which image or version it shall be
 * @param refusal why it is brought to nothing, empty for most
 * @param note what its users have to know of the image, empty for nothing
 * @param byArchitecture the images of its family
 * @param byType instances of a type that the group does not launch any more are replaced, too; not in state files of older
 *     versions
 */
record Wanted(
        Map<LaunchTemplateId, LaunchTemplateVersion> overrides,
        boolean isNew,
        boolean isNamed,
        String refusal,
        String note,
        Map<String, AmiId> byArchitecture,
        boolean byType) {

    /** Nothing else is known: a state file of an older version. */
    static final Wanted UNKNOWN = new Wanted(Map.of(), false, true, "", "", Map.of(), false);

    /** Copies the maps. */
    Wanted {
        overrides = Map.copyOf(overrides);
        byArchitecture = Map.copyOf(byArchitecture);
    }
}
