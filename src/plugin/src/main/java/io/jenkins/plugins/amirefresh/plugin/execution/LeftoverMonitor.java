package io.jenkins.plugins.amirefresh.plugin.execution;

import hudson.Extension;
import hudson.model.AdministrativeMonitor;
import hudson.model.Run;
import hudson.util.HttpResponses;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.plugin.report.RunRecords;
import io.jenkins.plugins.amirefresh.step.LockHolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionList;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.verb.POST;

/** Tells administrators what builds left that the controller cannot end by itself: unfinished steps and locks of dead builds. */
@Extension
public final class LeftoverMonitor extends AdministrativeMonitor {

    private static final Duration PATIENCE = Duration.ofDays(1);

    @Override
    public String getDisplayName() {
        return Messages.LeftoverMonitor_displayName();
    }

    @Override
    public boolean isActivated() {
        return !getSteps().isEmpty() || !getLocks().isEmpty();
    }

    /** Steps that no build drives and the finisher did not end in a day, or cannot end at all; for the page. */
    public List<String> getSteps() {
        ControllerServices services = ControllerServices.get();
        return unfinished()
                .map(entry -> OrphanFinisher.lacksKeys(entry, services)
                        ? Messages.LeftoverMonitor_noKeys(entry.key())
                        : Messages.LeftoverMonitor_unfinished(entry.key()))
                .toList();
    }

    /** Locks whose build neither runs nor is being finished; for the page. */
    public List<String> getLocks() {
        return abandoned().entrySet().stream()
                .map(lock -> Messages.LeftoverMonitor_lock(lock.getKey(), lock.getValue()))
                .sorted()
                .toList();
    }

    /** Forgets the steps shown and gives back the locks of builds that are gone. */
    @POST
    public HttpResponse doRelease() {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        unfinished()
                .toList()
                .forEach(entry -> ControllerServices.get().activeSteps().remove(entry.key()));
        abandoned().forEach((group, holder) -> ControllerServices.get().locks().release(group, holder));
        return HttpResponses.redirectViaContextPath("manage");
    }

    private static Stream<ActiveSteps.Entry> unfinished() {
        ControllerServices services = ControllerServices.get();
        return services.activeSteps().all().stream()
                .filter(entry -> !services.isTicked(entry.key()) && !isResuming(entry.key()))
                .filter(entry -> OrphanFinisher.lacksKeys(entry, services) || isOld(entry.key(), services));
    }

    private static Map<GroupKey, LockHolder> abandoned() {
        Map<GroupKey, LockHolder> holders = new TreeMap<>(Comparator.comparing(GroupKey::toString));
        holders.putAll(ControllerServices.get().locks().holders());
        if (!holders.isEmpty()) {
            Set<String> living = livingRuns();
            holders.values().removeIf(holder -> living.contains(holder.runId()));
        }
        return holders;
    }

    /** Builds that run, and builds whose steps are still being finished. */
    private static Set<String> livingRuns() {
        Set<String> living = new HashSet<>();
        for (FlowExecution execution : FlowExecutionList.get()) {
            try {
                if (execution.getOwner().getExecutable() instanceof Run<?, ?> run) {
                    living.add(RunRecords.identity(run, "").id());
                }
            } catch (IOException e) {
                throw new UncheckedIOException("asking which builds run", e);
            }
        }
        for (ActiveSteps.Entry entry : ControllerServices.get().activeSteps().all()) {
            Run<?, ?> run = entry.key().findRun();
            if (run != null) {
                living.add(RunRecords.identity(run, "").id());
            }
        }
        return living;
    }

    /** After a restart a build takes a moment to come back to its step. */
    private static boolean isResuming(StepKey key) {
        Run<?, ?> run = key.findRun();
        return run != null && run.isBuilding();
    }

    private static boolean isOld(StepKey key, ControllerServices services) {
        return services.activeSteps()
                .since(key)
                .isBefore(services.clock().instant().minus(PATIENCE));
    }
}
