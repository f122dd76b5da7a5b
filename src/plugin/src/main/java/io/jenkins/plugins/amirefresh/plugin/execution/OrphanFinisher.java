package io.jenkins.plugins.amirefresh.plugin.execution;

import hudson.Extension;
import hudson.model.AsyncPeriodicWork;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.plugin.host.BuildSurroundings;
import io.jenkins.plugins.amirefresh.plugin.report.RunRecords;
import io.jenkins.plugins.amirefresh.step.Progress;
import io.jenkins.plugins.amirefresh.step.StopReason;
import io.jenkins.plugins.amirefresh.step.storage.StepFiles;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Ends what a build began and can no longer end: after a hard kill, a {@code timeout} that was shorter than the safe stop, or
 * a build that Jenkins could not resume. Each round gives every such step one unit of work; its locks stay until it ends.
 */
@Extension
public final class OrphanFinisher extends AsyncPeriodicWork {

    private static final Logger LOGGER = Logger.getLogger(OrphanFinisher.class.getName());

    /** Found by Jenkins. */
    public OrphanFinisher() {
        super("AMI Refresh: finishing what builds left");
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
        for (ActiveSteps.Entry entry : services.activeSteps().all()) {
            StepKey key = entry.key();
            Run<?, ?> run = key.findRun();
            if (run == null) {
                listener.error(
                        "%s: its build was deleted with the step's state; look for groups with the tag"
                                + " ami-refresh:restore and run restoreAsgs",
                        key);
                services.activeSteps().remove(key);
            } else if (!services.isTicked(key)) {
                finish(entry, run, listener, services);
            }
        }
    }

    /** The step worked with keys of its environment, and they are gone with the controller that had them. */
    static boolean lacksKeys(ActiveSteps.Entry entry, ControllerServices services) {
        return entry.environment().ownKeys()
                && services.keptEnvironment(entry.key()).isEmpty();
    }

    private static void finish(
            ActiveSteps.Entry entry, Run<?, ?> run, TaskListener listener, ControllerServices services) {
        StepKey key = entry.key();
        try {
            StepFiles files = StepFiles.open(RunRecords.folder(run), key.stateId());
            if (run.isBuilding()
                    && files.stopReason().filter(StopReason.ORPHANED::equals).isEmpty()) {
                // After a restart the build has not come to its step yet; it will, or it will end.
                return;
            }
            if (!files.isStopping()) {
                LOGGER.info(() -> key + " was left by its build; bringing its groups to a safe place");
                files.markStopping(StopReason.ORPHANED);
            }
            if (lacksKeys(entry, services)) {
                // Working with another identity could reach another account; the administrative monitor shows it.
                return;
            }
            Map<String, String> environment =
                    services.keptEnvironment(key).orElse(entry.environment().variables());
            JenkinsStepHost host =
                    JenkinsStepHost.in(run, key, BuildSurroundings.gone(listener, environment), files, services);
            Progress progress = Operations.of(key.functionName(), key.parametersJson())
                    .stop(files.state(), files.stopReason().orElse(StopReason.ORPHANED), host);
            files.save(progress.state());
            if (!(progress instanceof Progress.Again)) {
                services.releaseLocks(RunRecords.identity(run, key.stateId()).lockHolder());
                services.activeSteps().remove(key);
                services.dropEnvironment(key);
                if (!run.isBuilding()) {
                    services.forget(run);
                }
                LOGGER.info(() -> key + " is finished");
            }
        } catch (CloudException e) {
            LOGGER.warning(() -> "finishing " + key + ": " + e.getMessage());
        } catch (RuntimeException e) {
            // Tried again in the next round; the administrative monitor shows what stays.
            LOGGER.log(Level.WARNING, e, () -> "finishing " + key);
        }
    }
}
