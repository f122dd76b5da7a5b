package io.jenkins.plugins.amirefresh.plugin.execution;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.AsyncPeriodicWork;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.amirefresh.plugin.host.SlackChoice;
import io.jenkins.plugins.amirefresh.plugin.report.RunRecords;
import io.jenkins.plugins.amirefresh.step.storage.SlackOutbox;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The Slack posts of each build: one object a build while something is left to send, which its steps share. What Slack did not
 * take is sent again in the background, after the build's end and after a restart too.
 */
@Extension
public final class SlackOutboxes extends AsyncPeriodicWork {

    private static final Logger LOGGER = Logger.getLogger(SlackOutboxes.class.getName());

    private final Map<String, SlackOutbox> open = new ConcurrentHashMap<>();

    /** Found by Jenkins. */
    public SlackOutboxes() {
        super("AMI Refresh: sending what Slack did not take");
    }

    static SlackOutboxes get() {
        return ExtensionList.lookupSingleton(SlackOutboxes.class);
    }

    /** The posts of a build. */
    SlackOutbox of(Run<?, ?> run, ControllerServices services) {
        return open.computeIfAbsent(run.getExternalizableId(), missing -> {
            services.unsentSlack().add(StepKey.of(run, "slack", "notifySlack", "{}"));
            return SlackOutbox.open(
                    SlackChoice.withPagerDuty(run, services.http(), services.pool()),
                    RunRecords.folder(run),
                    services.clock(),
                    line -> LOGGER.warning(() -> run + ": " + line));
        });
    }

    @Override
    public long getRecurrencePeriod() {
        return TimeUnit.SECONDS.toMillis(15);
    }

    @Override
    protected Level getNormalLoggingLevel() {
        return Level.FINE;
    }

    @Override
    protected void execute(TaskListener listener) {
        ControllerServices services = ControllerServices.get();
        for (ActiveSteps.Entry entry : services.unsentSlack().all()) {
            try {
                Run<?, ?> run = entry.key().findRun();
                if (run == null || isDone(run, services)) {
                    services.unsentSlack().remove(entry.key());
                }
            } catch (RuntimeException e) {
                // Tried again in the next round.
                LOGGER.log(Level.WARNING, e, () -> "sending the Slack posts of " + entry.key());
            }
        }
    }

    /** Nothing will be posted any more, and nothing is left to send. */
    private boolean isDone(Run<?, ?> run, ControllerServices services) {
        SlackOutbox outbox = of(run, services);
        outbox.deliver();
        boolean isDone = !run.isBuilding() && outbox.isDone();
        if (isDone) {
            open.remove(run.getExternalizableId());
        }
        return isDone;
    }
}
