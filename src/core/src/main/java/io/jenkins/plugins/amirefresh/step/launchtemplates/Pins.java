package io.jenkins.plugins.amirefresh.step.launchtemplates;

import io.jenkins.plugins.amirefresh.launchtemplate.Pin;
import io.jenkins.plugins.amirefresh.launchtemplate.TemplateDecision;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Groups that are pinned for more than one template: each of their pins holds all of them, whichever is made first. */
final class Pins {

    private Pins() {}

    static List<PlannedUpdate> joined(List<PlannedUpdate> updates) {
        Map<GroupKey, Pin> byGroup = new TreeMap<>();
        updates.forEach(update ->
                update.pins().forEach(pin -> byGroup.merge(pin.group(), pin, (one, other) -> joined(one, other))));
        return updates.stream().map(update -> with(update, byGroup)).toList();
    }

    private static Pin joined(Pin one, Pin other) {
        return one.overrides().isEmpty() ? one.and(other) : other.and(one);
    }

    private static PlannedUpdate with(PlannedUpdate update, Map<GroupKey, Pin> byGroup) {
        if (!(update.decision() instanceof TemplateDecision.Create create)) {
            return update;
        }
        List<Pin> pins = create.pins().stream()
                .map(pin -> byGroup.getOrDefault(pin.group(), pin))
                .toList();
        return update.with(new TemplateDecision.Create(
                create.source(), create.ami(), create.snapshots(), create.token(), pins, create.why()));
    }
}
