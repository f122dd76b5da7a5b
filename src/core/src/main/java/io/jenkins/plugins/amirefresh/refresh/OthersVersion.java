package io.jenkins.plugins.amirefresh.refresh;

import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.LaunchSource;
import io.jenkins.plugins.amirefresh.model.VersionReference;
import io.jenkins.plugins.amirefresh.refresh.RefreshDecision.Failed;
import java.time.Instant;
import java.util.Optional;

/**
 * A version that others set on the group while we were at work, as a person does who wants the old one back, or Terraform
 * that knows only its own. It is not set again: two who do not know of each other would replace instances for ever.
 */
final class OthersVersion {

    private OthersVersion() {}

    /** It names a version otherwise than we did, who write numbers: what that means has to be known. */
    static boolean isToBeAsked(RefreshPlan plan, GroupObservation group, RefreshState state) {
        return plan.strategy() != RefreshStrategy.INSTANCE_REFRESH
                && state.findings().launchesSince() != null
                && !alias(group).isEmpty();
    }

    private static String alias(GroupObservation group) {
        return group.launchSource().templates().stream()
                .map(LaunchSource.Template::version)
                .filter(version -> !(version instanceof VersionReference.Numbered))
                .map(VersionReference::text)
                .findFirst()
                .orElse("");
    }

    /** The state after this look. */
    static RefreshState look(Tick tick) {
        Findings findings = tick.state().findings();
        boolean isSet = findings.launchesSince() != null
                && tick.state().pending() == null
                && tick.state().unseen() == 0
                && tick.state().earlyEnding().isEmpty();
        Instant since = findings.movedSince() == null ? tick.group().at() : findings.movedSince();
        RefreshState state = tick.state().with(findings.movedSince(isSet && !tick.launchesTarget() ? since : null));
        String alias = alias(tick.group());
        return isSet && tick.launchesTarget() && !alias.isEmpty()
                ? state.with(OthersMove.naming(
                        state.others(),
                        alias + ", which was version " + tick.plan().to() + ","))
                : state;
    }

    /** A decision while there is such a version; AWS may show an old one for a while. */
    static Optional<Decided> decide(Tick tick) {
        Instant since = tick.state().findings().movedSince();
        if (since == null) {
            return Optional.empty();
        }
        String named = version(tick.group().launchSource());
        String meant = version(tick.sight().launches());
        String version = named.equals(meant) ? named : named + ", which is version " + meant + ",";
        boolean isSure = tick.group().at().isAfter(since.plus(Settlement.PATIENCE));
        return Optional.of(
                isSure
                        ? tick.failed(Failed.byOthers("others set the group's launch template version to " + version
                                + " meanwhile, which stays"))
                        : tick.waiting("the group launches version " + version + " and not "
                                + tick.plan().to() + ": looking again whether others set it"));
    }

    private static String version(LaunchSource source) {
        return source.mainTemplate()
                .map(LaunchSource.Template::version)
                .map(VersionReference::text)
                .orElse("something else");
    }
}
