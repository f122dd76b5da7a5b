package io.jenkins.plugins.amirefresh.test.contract;

import io.jenkins.plugins.amirefresh.aws.AwsClouds;
import io.jenkins.plugins.amirefresh.aws.AwsConnection;
import io.jenkins.plugins.amirefresh.step.Observer;
import io.jenkins.plugins.amirefresh.step.SlackPosts.Message;
import io.jenkins.plugins.amirefresh.step.SlackPosts.Receipt;
import io.jenkins.plugins.amirefresh.step.drive.TickPool;
import io.jenkins.plugins.amirefresh.step.observe.SharedObserver;
import io.jenkins.plugins.amirefresh.step.storage.LockFile;
import io.jenkins.plugins.amirefresh.step.storage.SlackOutbox;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * One life of a controller, made as the plugin makes it: one timer, one bounded pool, one observer and one file of locks for
 * the steps of all builds. It dies by {@link #kill}; what the next life needs is in the directory.
 */
final class Controller {

    private static final int THREADS = 8;

    private final Path directory;
    private final Clock clock;
    private final Instant startedAt;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final ThreadPoolExecutor pool =
            new ThreadPoolExecutor(THREADS, THREADS, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>());
    private final TickPool ticks = new TickPool(this::wake, pool);
    private final AwsClouds clouds;
    private final Observer observer;
    private final LockFile locks;
    private final SlackOutbox.Sender slack;
    private final Map<Integer, SlackOutbox> outboxes = new ConcurrentHashMap<>();

    /** @param channel what reached Slack, in every life of the controller */
    Controller(Path directory, Clock clock, SdkHttpClient http, List<Message> channel) {
        this.directory = directory;
        this.clock = clock;
        this.startedAt = clock.instant();
        var keys = StaticCredentialsProvider.create(AwsBasicCredentials.create("contract", "contract"));
        clouds = new AwsClouds(
                AwsConnection.of(http, id -> keys, clock, "contract").withoutWaiting(), "weekly", 1);
        observer = new SharedObserver(clouds::cloud, clock);
        locks = LockFile.open(directory.resolve("locks.jsonl"));
        slack = new Channel(channel);
        pool.prestartAllCoreThreads();
    }

    private void wake(Duration wait, Runnable work) {
        Future<?> unused = timer.schedule(work, wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** A step execution of a build. */
    ControllerStepHost host(int build, String stateId) {
        return new ControllerStepHost(this, build, stateId);
    }

    Path directory() {
        return directory;
    }

    Clock clock() {
        return clock;
    }

    /** When its builds began. */
    Instant startedAt() {
        return startedAt;
    }

    TickPool ticks() {
        return ticks;
    }

    AwsClouds clouds() {
        return clouds;
    }

    Observer observer() {
        return observer;
    }

    LockFile locks() {
        return locks;
    }

    /** The Slack posts of a build, one object for all its steps. */
    SlackOutbox slack(int build, Path folder) {
        return outboxes.computeIfAbsent(build, missing -> SlackOutbox.open(slack, folder, clock, line -> {}));
    }

    /** Dies without a word to anybody: nothing is saved, nothing is closed in order. */
    void kill() {
        ticks.close();
        timer.shutdownNow();
        pool.shutdownNow();
        clouds.close();
    }

    private record Channel(List<Message> messages) implements SlackOutbox.Sender {
        @Override
        public boolean isConfigured() {
            return true;
        }

        @Override
        public CompletableFuture<Receipt> send(String key, Message message) {
            messages.add(message);
            return CompletableFuture.completedFuture(
                    new Receipt.Posted(message.channel(), "1700000000." + messages.size()));
        }
    }
}
