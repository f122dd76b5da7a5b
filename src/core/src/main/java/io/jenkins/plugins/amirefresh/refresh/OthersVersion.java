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
                && alias(group).isPresent();
    }

    private static Optional<LaunchSource.Template> alias(GroupObservation group) {
        return group.launchSource().templates().stream()
                .filter(use -> !(use.version() instanceof VersionReference.Numbered))
                .findFirst();
    }

    private static String text(Tick tick, LaunchSource.Template alias) {
        String meant = tick.sight().launches().templates().stream()
                .filter(use -> use.id().equals(alias.id()))
                .map(use -> use.version().text())
                .findFirst()
                .orElse("");
        return alias.version().text() + ", which was version " + meant + ",";
    }

    /** A group that launched what is wanted from the start was not named anything by us. */
    private static Findings known(Tick tick) {
        Findings findings = tick.state().findings();
        boolean launches = findings.launchesSince() == null
                && tick.state().pending() == null
                && tick.launchesTarget()
                && alias(tick.group()).isEmpty();
        return launches ? findings.launchingSince(tick.state().startedAt()) : findings;
    }

    /** The state after this look. */
    static RefreshState look(Tick tick) {
        Findings findings = known(tick);
        boolean isSet = findings.launchesSince() != null
                && tick.state().pending() == null
                && tick.state().earlyEnding().isEmpty();
        Instant since = findings.movedSince() == null ? tick.group().at() : findings.movedSince();
        RefreshState state = tick.state().with(findings.movedSince(isSet && !tick.launchesTarget() ? since : null));
        return alias(tick.group())
                .filter(alias -> isSet && tick.launchesTarget())
                .map(alias -> state.with(OthersMove.naming(state.others(), text(tick, alias))))
                .orElse(state);
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
