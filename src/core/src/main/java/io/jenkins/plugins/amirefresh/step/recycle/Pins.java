package io.jenkins.plugins.amirefresh.step.recycle;

import io.jenkins.plugins.amirefresh.journal.JournalFact.GroupPinned;
import io.jenkins.plugins.amirefresh.launchtemplate.Pin;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.LaunchSource;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateId;
import io.jenkins.plugins.amirefresh.model.VersionReference;
import io.jenkins.plugins.amirefresh.step.StepHost;
import java.util.Map;
import java.util.Optional;

/** Says of a group that is left alone that it does not follow its alias any more. */
final class Pins {

    private Pins() {}

    /** {@code stays pinned to version 3, it named $Latest}; empty when it is not pinned. */
    static String of(StepHost host, GroupObservation group) {
        String tag = group.tag(Pin.TAG);
        Optional<GroupPinned> pin = host.journal().history().group(group.key()).pin();
        if (tag.isEmpty() && pin.isEmpty()) {
            return "";
        }
        Optional<VersionReference> was = Pin.mainIn(tag).or(() -> pin.map(GroupPinned::was));
        // This run's own word first: the group may have been read before it was pinned.
        String version = pin.map(made -> made.to().toString())
                .or(() -> group.launchSource()
                        .mainTemplate()
                        .map(LaunchSource.Template::version)
                        .map(VersionReference::text))
                .orElse("a number");
        boolean isItsOwn = was.filter(alias -> !(alias instanceof VersionReference.Numbered))
                .isPresent();
        return isItsOwn
                ? "stays pinned to version " + version + ", it named "
                        + was.get().text()
                : "its overrides stay pinned to numbers";
    }

    /** How overrides named the versions of their templates, of those that were pinned. */
    static Map<LaunchTemplateId, VersionReference> overrides(StepHost host, GroupObservation group) {
        return host.journal()
                .history()
                .group(group.key())
                .pin()
                .map(GroupPinned::overrides)
                .orElseGet(() -> Pin.overridesIn(group.tag(Pin.TAG)));
    }
}
