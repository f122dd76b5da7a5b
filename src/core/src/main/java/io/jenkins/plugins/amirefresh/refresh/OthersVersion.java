package io.jenkins.plugins.amirefresh.refresh;

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

    /** The state after this look. */
    static RefreshState look(Tick tick) {
        Findings findings = tick.state().findings();
        boolean isMoved = findings.launchesSince() != null
                && tick.state().pending() == null
                && tick.state().unseen() == 0
                && tick.state().earlyEnding().isEmpty()
                && !tick.launchesTarget();
        Instant since = findings.movedSince() == null ? tick.group().at() : findings.movedSince();
        return tick.state().with(findings.movedSince(isMoved ? since : null));
    }

    /** A decision while there is such a version; AWS may show an old one for a while. */
    static Optional<Decided> decide(Tick tick) {
        Instant since = tick.state().findings().movedSince();
        if (since == null) {
            return Optional.empty();
        }
        String version = tick.group()
                .launchSource()
                .mainTemplate()
                .map(LaunchSource.Template::version)
                .map(VersionReference::text)
                .orElse("something else");
        boolean isSure = tick.group().at().isAfter(since.plus(Settlement.PATIENCE));
        return Optional.of(
                isSure
                        ? tick.failed(Failed.byOthers("others set the group's launch template version to " + version
                                + " meanwhile, which stays"))
                        : tick.waiting("the group launches version " + version + " and not "
                                + tick.plan().to() + ": looking again whether others set it"));
    }
}
