package io.jenkins.plugins.amirefresh.simulator.account;

import org.jspecify.annotations.Nullable;

/**
 * A Capacity Reservation of EC2.
 *
 * @param id generated when null
 * @param zone for example {@code eu-west-1a}
 * @param instances how many it has room for; those that groups start with take theirs
 * @param state AWS's word, {@code active} when not said
 * @param match {@code open}, as when not said, or {@code targeted}
 * @param platform AWS's word, {@code Linux/UNIX} when not said
 * @param resourceGroup ARN of the resource group it is in; null for none
 */
public record DeclaredCapacityReservation(
        int line,
        @Nullable String id,
        String instanceType,
        String zone,
        int instances,
        String state,
        String match,
        String platform,
        @Nullable String resourceGroup) {

    public DeclaredCapacityReservation {
        state = Lists.or(state, "active");
        match = Lists.or(match, "open");
        platform = Lists.or(platform, "Linux/UNIX");
    }
}
