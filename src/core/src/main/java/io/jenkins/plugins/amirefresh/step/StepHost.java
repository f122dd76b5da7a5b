package io.jenkins.plugins.amirefresh.step;

import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.journal.BuildStatus;
import io.jenkins.plugins.amirefresh.journal.Journal;
import io.jenkins.plugins.amirefresh.model.AccountAccess;
import io.jenkins.plugins.amirefresh.model.AwsRegion;
import io.jenkins.plugins.amirefresh.report.Measurements;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * The machine a step runs on: Jenkins or the runner. Handles (connections, processes, files) stay here; an operation names
 * them by key, and the same key after a restart means the same thing.
 */
public interface StepHost {

    /** Writes one line to the build's console; secrets the host knows are masked. */
    void log(String line);

    /** The only time an operation knows. */
    Clock clock();

    /** The build this step runs in. */
    RunIdentity run();

    /** The environment the step sees ({@code withEnv}, {@code withCredentials} included), secrets as well: never log it. */
    Map<String, String> environment();

    /** What users set once for all builds: regions, accounts, tag names, windows, Slack. */
    Settings settings();

    /**
     * The account reached by {@code access} in {@code region}; credentials are resolved anew when they are near their end.
     *
     * @throws io.jenkins.plugins.amirefresh.cloud.CloudException when the identity cannot be assumed
     */
    Cloud cloud(AccountAccess access, AwsRegion region);

    /** The observer all builds of this host share. */
    Observer observer();

    /** Processes on the agent. */
    Processes processes();

    /** Files of the agent's workspace; empty answers without an agent. */
    Workspace workspace();

    /** HTTP and TCP probes. */
    Probes probes();

    /** The same from the step's node; a host whose nodes are the same machine asks from there. Without a node: not sent. */
    default Probes agentProbes() {
        return probes();
    }

    /** Slack. */
    SlackPosts slack();

    /** The run's record. */
    Journal journal();

    /** The lock of each group among the steps of this host's builds. */
    GroupLocks locks();

    /**
     * Keeps a file with the build, where people and machines find it after the run; needs no agent. Repeating it is safe: the
     * last text counts. A host without such a place writes it to the workspace, if there is one.
     *
     * @param name a file name without folders, for example {@code report.json}
     */
    default void keep(String name, String text) {
        if (workspace().isPresent()) {
            workspace().write(name, text);
        }
    }

    /** The build's own result up to now and its error: a build may fail before it looked at any group. */
    default BuildStatus buildStatus() {
        return BuildStatus.GOOD;
    }

    /** Builds of the same job before this one whose records are kept, newest first. */
    default List<EarlierRun> earlierRuns() {
        return List.of();
    }

    /** What this host measured beside the run's record. */
    default Measurements measurements() {
        return Measurements.NONE;
    }

    /**
     * Appends what changed in {@code state} to the step's file and forces it to disk before it returns. Call it before
     * every mutating call, with the intent.
     */
    void save(StepState state);
}
