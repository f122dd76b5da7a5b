package io.jenkins.plugins.amirefresh.refresh;

import io.jenkins.plugins.amirefresh.model.InstanceRefreshId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * AWS's own refresh, as an attempt drives it.
 *
 * @param adopted was running before us, so it is not ours to cancel
 * @param percentageComplete how far it was when it last got on
 * @param successfulSince when AWS was first seen to call it successful, null before and in state files of older versions
 * @param halted cancelled to look at the group again; false in state files of older versions
 */
public record DrivenRefresh(
        InstanceRefreshId id,
        boolean adopted,
        int percentageComplete,
        @Nullable Instant successfulSince,
        boolean halted) {
    /** One that was just begun or found. */
    static DrivenRefresh of(InstanceRefreshId id, boolean adopted) {
        return new DrivenRefresh(id, adopted, 0, null, false);
    }

    /** The state of work that goes on from one that an earlier run of ours began: it is ours to cancel. */
    public static RefreshState left(InstanceRefreshId begun, RefreshState state) {
        return state.with(of(begun, false));
    }

    DrivenRefresh at(int newPercentage) {
        return new DrivenRefresh(id, adopted, newPercentage, successfulSince, halted);
    }

    DrivenRefresh successful(Instant since) {
        return new DrivenRefresh(id, adopted, percentageComplete, since, halted);
    }

    DrivenRefresh halting() {
        return new DrivenRefresh(id, adopted, percentageComplete, successfulSince, true);
    }

    DrivenRefresh notAfter(Instant now) {
        return successfulSince != null && successfulSince.isAfter(now) ? successful(now) : this;
    }
}
