package io.jenkins.plugins.amirefresh.step;

/**
 * Who holds the lock of a group: one step of one run. A later step of the same run waits too, since an earlier one that was
 * cut off may still be bringing the group to a safe place.
 *
 * @param runId as {@link RunIdentity#id()}
 * @param stepId as {@link RunIdentity#stepId()}; empty for the run itself, between two of its steps
 */
public record LockHolder(String runId, String stepId) {

    /** The run itself, between two of its steps. */
    public LockHolder asRun() {
        return new LockHolder(runId, "");
    }

    @Override
    public String toString() {
        return stepId.isEmpty() ? "run " + runId : stepId + " of run " + runId;
    }
}
