package io.jenkins.plugins.amirefresh.step.retire;

import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.cloud.OwnAmis;
import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.retire.RetireMark;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is done with one image. First the act, then the mark that counts its time: a mark without its act would mean that somebody
 * took it back. All of it may be repeated.
 */
final class RetireActs {

    private final Cloud cloud;
    private final Instant now;
    private final String run;

    RetireActs(Cloud cloud, Instant now, String run) {
        this.cloud = cloud;
        this.now = now;
        this.run = run;
    }

    void act(RetireRow row) {
        AmiId image = new AmiId(row.image());
        OwnAmis amis = cloud.ownAmis();
        switch (row.stage()) {
            case DEPRECATED -> {
                // AWS takes whole minutes, and none that has passed.
                amis.deprecate(image, now.truncatedTo(ChronoUnit.MINUTES).plus(2, ChronoUnit.MINUTES));
                mark(image, row, false);
            }
            case DISABLED -> {
                if (!row.isDisabled()) {
                    amis.disable(image);
                }
                mark(image, row, true);
            }
            case ENABLED -> enable(image, row);
            case DEREGISTERED -> deregister(image, row);
            case KEPT, WAITING -> throw new IllegalStateException("nothing is done with " + image);
        }
    }

    private void mark(AmiId image, RetireRow row, boolean isDisabled) {
        boolean isAhead = row.was() != null && row.was().isAfter(now);
        RetireMark mark =
                new RetireMark(isDisabled, now.truncatedTo(ChronoUnit.SECONDS), run, isAhead ? row.was() : null);
        cloud.amis().putTags(image, Map.of(RetireMark.TAG, mark.text()));
    }

    private void enable(AmiId image, RetireRow row) {
        if (row.isDisabled()) {
            cloud.ownAmis().enable(image);
        }
        if (row.was() != null && row.was().isAfter(now)) {
            cloud.ownAmis().deprecate(image, row.was());
        } else if (row.deprecatedAt() != null) {
            cloud.ownAmis().cancelDeprecation(image);
        }
        cloud.amis().removeTags(image, Set.of(RetireMark.TAG));
    }

    /** The snapshots say first whose they are: whoever comes next can delete them when this run cannot. */
    private void deregister(AmiId image, RetireRow row) {
        cloud.snapshots().putTag(row.snapshots(), RetireMark.TAG, Leftovers.of(image));
        try {
            cloud.ownAmis().deregister(image);
        } catch (CloudException e) {
            // Of one that is gone, a policy that asks for its tags is not told them, and refuses.
            boolean isGone =
                    !e.isTransient() && cloud.amis().describe(List.of(image)).isEmpty();
            if (!isGone) {
                throw e;
            }
        }
    }
}
