package io.jenkins.plugins.amirefresh.runner.rehearsal;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Runs work on a thread with a deep stack: saving a program recurses once for each level of its calls. */
final class DeepStack {
    private static final long BYTES = 512L * 1024 * 1024;

    private DeepStack() {}

    static <T> T call(Callable<T> work) throws ExecutionException, InterruptedException {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(Thread.currentThread().getThreadGroup(), task, "pipeline", BYTES);
        thread.setDaemon(true);
        thread.start();
        return task.get();
    }
}
