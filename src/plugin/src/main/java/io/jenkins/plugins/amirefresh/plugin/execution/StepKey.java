package io.jenkins.plugins.amirefresh.plugin.execution;

import hudson.model.Run;
import jenkins.model.Jenkins;
import org.jspecify.annotations.Nullable;

/**
 * A step execution on this controller.
 *
 * @param job full name
 * @param build its number
 * @param stateId unique in the build
 * @param functionName the step
 * @param parametersJson what the pipeline gave it
 */
record StepKey(String job, int build, String stateId, String functionName, String parametersJson) {

    static StepKey of(Run<?, ?> run, String stateId, String functionName, String parametersJson) {
        return new StepKey(run.getParent().getFullName(), run.getNumber(), stateId, functionName, parametersJson);
    }

    /** The build, null when it or its job was deleted. */
    @Nullable
    Run<?, ?> findRun() {
        var found = Jenkins.get().getItemByFullName(job, hudson.model.Job.class);
        return found == null ? null : found.getBuildByNumber(build);
    }

    /** A file name that no other step execution of this controller has. */
    String fileName() {
        return (job + "#" + build + "#" + stateId).replaceAll("[^A-Za-z0-9#._-]", "_") + "-"
                + Integer.toHexString(job.hashCode());
    }

    @Override
    public String toString() {
        return functionName + " of " + job + " #" + build;
    }
}
