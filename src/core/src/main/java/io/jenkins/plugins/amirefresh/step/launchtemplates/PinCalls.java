package io.jenkins.plugins.amirefresh.step.launchtemplates;

import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.journal.JournalEvent;
import io.jenkins.plugins.amirefresh.journal.JournalFact;
import io.jenkins.plugins.amirefresh.launchtemplate.Pin;
import io.jenkins.plugins.amirefresh.model.VersionReference;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.fleet.GroupNames;
import java.util.Map;
import java.util.Set;

/** Pins groups to the numbers that they launch, so that a new version changes nothing before their windows. */
final class PinCalls {

    /** AWS's code for a group that has as many tags as it may. Source: API Reference, CreateOrUpdateTags. */
    private static final String TOO_MANY = "LimitExceeded";

    private final StepHost host;
    private final Cloud cloud;

    PinCalls(StepHost host, Cloud cloud) {
        this.host = host;
        this.cloud = cloud;
    }

    /** What the group was comes first: whoever finds it pinned can put it back. */
    void make(Pin pin) {
        append(
                pin,
                "pinned",
                new JournalFact.GroupPinned(pin.group(), pin.was(), pin.to(), pin.overrides(), pin.source()));
        boolean isTagged = false;
        try {
            isTagged = tag(pin);
            cloud.autoScalingGroups().setLaunchSource(pin.group().name(), pin.source());
        } catch (CloudException e) {
            if (!e.isTransient() && !e.isOutcomeUnknown()) {
                refused(pin, isTagged);
            }
            throw e;
        }
        String named = pin.overrides().isEmpty() ? pin.was().text() : VersionReference.LATEST + " in an override";
        host.log(GroupNames.withPlace(pin.group()) + ": pinned to version " + pin.to() + " until its window, it named "
                + named
                + (isTagged ? "" : "; it has no room for the tag " + Pin.TAG + ", so only this run knows that"));
    }

    /** The group names what it named, and no record or tag may say otherwise. */
    private void refused(Pin pin, boolean isTagged) {
        append(pin, "not-pinned", new JournalFact.PinRefused(pin.group()));
        if (!isTagged) {
            return;
        }
        try {
            cloud.autoScalingGroups().removeTags(pin.group().name(), Set.of(Pin.TAG));
        } catch (CloudException e) {
            host.log(GroupNames.withPlace(pin.group()) + ": its tag " + Pin.TAG + " stays though it is not pinned: "
                    + e.getMessage());
        }
    }

    /** Whether the group itself says that it is pinned; with as many tags as a group may have, it cannot. */
    private boolean tag(Pin pin) {
        try {
            cloud.autoScalingGroups()
                    .putTags(
                            pin.group().name(),
                            Map.of(Pin.TAG, pin.tagValue(host.run().id())));
            return true;
        } catch (CloudException.InvalidRequest e) {
            if (!e.awsErrorCode().startsWith(TOO_MANY)) {
                throw e;
            }
            return false;
        }
    }

    private void append(Pin pin, String what, JournalFact fact) {
        host.journal()
                .append(new JournalEvent(
                        host.run().stepId() + "/" + pin.group().text() + "/" + what,
                        host.clock().instant(),
                        UpdateLaunchTemplatesStep.NAME,
                        fact));
    }
}
