package io.jenkins.plugins.amirefresh.simulator.account;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One AWS account.
 *
 * @param line where the file declares it, 1-based
 * @param id 12 digits
 * @param alias for people
 * @param accessKeys the keys that sign for this account
 * @param roles that AssumeRole may assume
 */
public record DeclaredAccount(
        int line,
        String id,
        @Nullable String alias,
        List<String> accessKeys,
        List<DeclaredRole> roles,
        List<DeclaredRegion> regions) {

    public DeclaredAccount {
        accessKeys = Lists.orEmpty(accessKeys);
        roles = Lists.orEmpty(roles);
        regions = Lists.orEmpty(regions);
    }

    /** Where a request goes that names no region: the first one declared, or AWS's first. */
    public String homeRegion() {
        return regions.isEmpty() ? "us-east-1" : regions.get(0).name();
    }

    /** The region of this name, empty when nothing is declared there. */
    public Optional<DeclaredRegion> region(String name) {
        return regions.stream().filter(region -> region.name().equals(name)).findFirst();
    }
}
