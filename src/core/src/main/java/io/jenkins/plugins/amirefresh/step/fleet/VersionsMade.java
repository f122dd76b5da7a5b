package io.jenkins.plugins.amirefresh.step.fleet;

import io.jenkins.plugins.amirefresh.cloud.LaunchTemplates.NewVersion;
import io.jenkins.plugins.amirefresh.journal.JournalEvent;
import io.jenkins.plugins.amirefresh.journal.JournalFact;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.step.StepHost;
import java.time.Instant;
import java.util.Objects;

/** Makes versions to go back to, and writes them down where every rollback looks for them. */
final class VersionsMade {

    private final StepHost host;
    private final String step;

    VersionsMade(StepHost host, String step) {
        this.host = host;
        this.step = step;
    }

    /** What a version is, for people. */
    static String text(NewVersion version) {
        return version.description().replaceFirst("^AMI Refresh: ", "");
    }

    /** The work on its way to the version it was waiting for, which is made, or was under the same token. */
    GroupWork make(GroupWork waiting, Instant now) {
        NewVersion wanted = Objects.requireNonNull(waiting.making());
        LaunchTemplateVersion made =
                FleetWork.cloud(host, waiting).launchTemplates().createVersion(wanted);
        host.log(wanted.template() + ": version " + made + " is made, as " + text(wanted));
        GroupWork work = waiting.backTo(made);
        String key = host.run().stepId() + ":" + work.group() + ":back:" + made;
        host.journal().append(new JournalEvent(key, now, step, new JournalFact.RefreshStarted(work.record())));
        return work;
    }
}
