package io.jenkins.plugins.amirefresh.step;

/**
 * Who holds the lock of a group: one step of one run. A later step of the same run waits too, since an earlier one that was
 * cut off may still be bringing the group to a safe place.
 *
 * @param runId as {@link RunIdentity#id()}
 * @param stepId as {@link RunIdentity#stepId()}
 */
public record LockHolder(String runId, String stepId) {

    @Override
    public String toString() {
        return stepId + " of run " + runId;
    }
}
