package io.jenkins.plugins.amirefresh.plugin.execution;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.Terminator;
import hudson.model.Job;
import hudson.model.Run;
import hudson.util.ClassLoaderSanityThreadFactory;
import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.plugin.host.AwsAccess;
import io.jenkins.plugins.amirefresh.plugin.host.JenkinsProxy;
import io.jenkins.plugins.amirefresh.plugin.host.ProbeProxy;
import io.jenkins.plugins.amirefresh.plugin.report.RunRecords;
import io.jenkins.plugins.amirefresh.step.LockHolder;
import io.jenkins.plugins.amirefresh.step.drive.SteadyClock;
import io.jenkins.plugins.amirefresh.step.drive.TickPool;
import io.jenkins.plugins.amirefresh.step.storage.LockFile;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import jenkins.model.Jenkins;
import jenkins.security.ImpersonatingExecutorService;
import jenkins.util.Timer;

/** What all our steps of this controller share: one bounded pool, one observer, one file of locks, the list of active steps. */
@Extension
public final class ControllerServices {

    private static final int THREADS = 8;

    private final ThreadPoolExecutor threads;
    private final Clock clock = new SteadyClock(Clock.systemUTC(), System::nanoTime);
    private final ExecutorService pool;
    private final TickPool ticks;
    private final HttpClient http;
    private final HttpClient probeHttp;
    private final AwsAccess aws;
    private final Map<String, Map<String, String>> kept = new ConcurrentHashMap<>();
    private final Set<String> ticked = ConcurrentHashMap.newKeySet();
    private final LockFile locks;
    private final ActiveSteps activeSteps;
    private final ActiveSteps unsentSlack;

    /** Made by Jenkins once; opens the lock file, starts no thread. */
    public ControllerServices() {
        Path folder = Jenkins.get().getRootDir().toPath().resolve("ami-refresh");
        threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                1,
                TimeUnit.MINUTES,
                new LinkedBlockingQueue<>(),
                new NamingThreadFactory(new ClassLoaderSanityThreadFactory(new DaemonThreadFactory()), "AMI Refresh"));
        threads.allowCoreThreadTimeOut(true);
        pool = new ImpersonatingExecutorService(threads, hudson.security.ACL.SYSTEM2);
        ticks = new TickPool((wait, work) -> Timer.get().schedule(work, wait.toMillis(), TimeUnit.MILLISECONDS), pool);
        http = HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(10))
                .followRedirects(HttpClient.Redirect.NEVER)
                .executor(threads)
                .proxy(new JenkinsProxy())
                .authenticator(JenkinsProxy.authenticator())
                .build();
        probeHttp = HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(10))
                .followRedirects(HttpClient.Redirect.NEVER)
                .executor(threads)
                .proxy(new ProbeProxy())
                .build();
        aws = new AwsAccess(clock);
        locks = LockFile.open(folder.resolve("locks.jsonl"));
        activeSteps = new ActiveSteps(folder.resolve("active"));
        unsentSlack = new ActiveSteps(folder.resolve("slack"));
    }

    /** The one of this controller. */
    public static ControllerServices get() {
        return ExtensionList.lookupSingleton(ControllerServices.class);
    }

    /** Ends what this plugin keeps open; called by Jenkins at shutdown. */
    @Terminator
    public static void close() {
        ControllerServices services = get();
        services.ticks.close();
        services.threads.shutdownNow();
        services.aws.close();
    }

    /** What wakes steps. */
    TickPool ticks() {
        return ticks;
    }

    /** Where ticks run, as SYSTEM; never more threads, however many steps wait. */
    ExecutorService pool() {
        return pool;
    }

    Clock clock() {
        return clock;
    }

    /** For Slack, by Jenkins' own proxy. */
    HttpClient http() {
        return http;
    }

    /** For health checks, by the proxy that administrators set for them. */
    HttpClient probeHttp() {
        return probeHttp;
    }

    /** Work that waits for AWS, for who runs on Jenkins' timer. */
    public void submit(Runnable work) {
        pool.execute(work);
    }

    /** The only time our code knows. */
    public Clock now() {
        return clock;
    }

    /** An account and region for a job that has no build yet. */
    public Cloud cloudFor(Job<?, ?> job, String credentialsId, String region) {
        return aws.cloud(job, credentialsId, region);
    }

    AwsAccess aws() {
        return aws;
    }

    LockFile locks() {
        return locks;
    }

    ActiveSteps activeSteps() {
        return activeSteps;
    }

    /** Builds whose Slack posts have not all arrived. */
    ActiveSteps unsentSlack() {
        return unsentSlack;
    }

    /** Gives back what a step that is over still holds: a full disk may have taken its lock and not its state. */
    void releaseLocks(LockHolder over) {
        locks.holders().forEach((group, holder) -> {
            if (holder.equals(over)) {
                locks.release(group, holder);
            }
        });
    }

    /** Closes what a build that ended kept open. */
    void forget(Run<?, ?> run) {
        RunRecords.get().forget(run);
        aws.forget(run);
    }

    /** What the finisher works with while the controller lives; secrets in it are never written to the disk. */
    void keepEnvironment(StepKey key, Map<String, String> environment) {
        kept.put(key.fileName(), Map.copyOf(environment));
    }

    Optional<Map<String, String>> keptEnvironment(StepKey key) {
        return Optional.ofNullable(kept.get(key.fileName()));
    }

    void dropEnvironment(StepKey key) {
        kept.remove(key.fileName());
    }

    /** A build drives this step. */
    boolean isTicked(StepKey key) {
        return ticked.contains(key.fileName());
    }

    void markTicked(StepKey key) {
        ticked.add(key.fileName());
    }

    void unmarkTicked(StepKey key) {
        ticked.remove(key.fileName());
    }
}
