package io.jenkins.plugins.amirefresh.step;

import io.jenkins.plugins.amirefresh.model.AccountAccess;
import io.jenkins.plugins.amirefresh.model.AwsRegion;
import io.jenkins.plugins.amirefresh.model.FleetObservation;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import java.time.Duration;
import java.util.Set;

/**
 * Reads groups for all steps of a host at once: a page is described again at the earliest {@link #interval()} after the last
 * time, whoever asks. Never shares what it saw across identities. Each observation carries its moment: one that is older
 * than our own last change says nothing about its effect.
 */
public interface Observer {

    /** Every group of an account and region. */
    FleetObservation all(AccountAccess access, AwsRegion region);

    /** The same without their instances, which makes the answer small. */
    FleetObservation outlines(AccountAccess access, AwsRegion region);

    /** These groups, all in one account and region. */
    FleetObservation groups(AccountAccess access, AwsRegion region, Set<GroupKey> groups);

    /** The shortest time between two reads of the same page. */
    Duration interval();
}
