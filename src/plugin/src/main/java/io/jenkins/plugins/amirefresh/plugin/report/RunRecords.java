package io.jenkins.plugins.amirefresh.plugin.report;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Cause;
import hudson.model.Run;
import io.jenkins.plugins.amirefresh.journal.Journal;
import io.jenkins.plugins.amirefresh.journal.JournalEvent;
import io.jenkins.plugins.amirefresh.journal.JournalFact;
import io.jenkins.plugins.amirefresh.journal.RunHistory;
import io.jenkins.plugins.amirefresh.step.EarlierRun;
import io.jenkins.plugins.amirefresh.step.RunIdentity;
import io.jenkins.plugins.amirefresh.step.storage.JournalFile;
import io.jenkins.plugins.amirefresh.step.storage.JournalReading;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.pipeline.modeldefinition.causes.RestartDeclarativePipelineCause;

/** The run's record of each build: one object a build while it is open, so that parallel steps append to the same one. */
@Extension
public final class RunRecords {

    private static final int MOST_EARLIER = 52;

    private final Map<String, JournalFile> open = new ConcurrentHashMap<>();
    private final Clock clock;

    /** Made by Jenkins once. */
    public RunRecords() {
        this(Clock.systemUTC());
    }

    RunRecords(Clock clock) {
        this.clock = clock;
    }

    /** The one of this controller. */
    public static RunRecords get() {
        return ExtensionList.lookupSingleton(RunRecords.class);
    }

    /** Where a build keeps the files of our steps. */
    public static Path folder(Run<?, ?> run) {
        return run.getRootDir().toPath().resolve("ami-refresh");
    }

    /** The build as steps and reports name it. */
    public static RunIdentity identity(Run<?, ?> run, String stepId) {
        String job = run.getParent().getFullName();
        String root = Jenkins.get().getRootUrl();
        String cause = run.getCauses().stream().map(Cause::getShortDescription).collect(Collectors.joining("; "));
        return new RunIdentity(
                job.replaceAll("[^A-Za-z0-9._-]", "-") + "-" + run.getNumber(),
                job,
                run.getNumber(),
                root == null ? "" : root + run.getUrl(),
                stepId,
                cause,
                Instant.ofEpochMilli(run.getStartTimeInMillis()),
                Jenkins.get().getLegacyInstanceId().substring(0, 12));
    }

    /** The moment until which the report of a build that runs tells. */
    Instant now() {
        return clock.instant();
    }

    /** The record of a build that runs. */
    public Journal of(Run<?, ?> run) {
        return open.computeIfAbsent(run.getExternalizableId(), missing -> opened(run));
    }

    /** What the record of any build says now, as far as it can be read, and what is wrong with it. */
    public JournalReading read(Run<?, ?> run) {
        return JournalReading.of(file(run));
    }

    /** Builds of the same job before this one that have a record, newest first; no more than a year of weekly ones. */
    public List<EarlierRun> before(Run<?, ?> run) {
        List<EarlierRun> earlier = new ArrayList<>();
        for (Run<?, ?> one = run.getPreviousBuild();
                one != null && earlier.size() < MOST_EARLIER;
                one = one.getPreviousBuild()) {
            Run<?, ?> build = one;
            if (Files.exists(file(build))) {
                RunIdentity identity = identity(build, "");
                earlier.add(new EarlierRun(
                        identity.id(),
                        identity.buildNumber(),
                        identity.startedAt(),
                        () -> RunHistory.of(read(build).events())));
            }
        }
        return List.copyOf(earlier);
    }

    /** Closes the record of a build that ended. */
    public void forget(Run<?, ?> run) {
        open.remove(run.getExternalizableId());
    }

    private static JournalFile opened(Run<?, ?> run) {
        Path file = file(run);
        if (!Files.exists(file)) {
            original(run).map(RunRecords::file).filter(Files::exists).ifPresent(from -> copy(from, file));
        }
        JournalFile journal = JournalFile.open(file);
        RunIdentity identity = identity(run, "");
        journal.append(new JournalEvent(
                "opened/" + identity.id(),
                identity.startedAt(),
                "build",
                new JournalFact.RunOpened(
                        identity.id(),
                        identity.jobName(),
                        identity.buildNumber(),
                        identity.buildUrl(),
                        identity.cause())));
        return journal;
    }

    /** The build whose stage this one was restarted from: its earlier stages are not run again, but their record counts. */
    private static Optional<Run<?, ?>> original(Run<?, ?> run) {
        RestartDeclarativePipelineCause cause = run.getCause(RestartDeclarativePipelineCause.class);
        return cause == null ? Optional.empty() : Optional.ofNullable(cause.getOriginal());
    }

    private static Path file(Run<?, ?> run) {
        return folder(run).resolve("journal.jsonl");
    }

    private static void copy(Path from, Path to) {
        try {
            Files.createDirectories(to.getParent());
            Path half = to.resolveSibling("journal.copying");
            Files.copy(from, half, StandardCopyOption.REPLACE_EXISTING);
            Files.move(half, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("taking over the record of the build that was restarted, " + from, e);
        }
    }
}
