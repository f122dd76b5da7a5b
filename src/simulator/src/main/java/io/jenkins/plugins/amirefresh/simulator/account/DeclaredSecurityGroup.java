package io.jenkins.plugins.amirefresh.simulator.account;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A security group.
 *
 * @param name template versions refer to it
 * @param id generated when null
 * @param vpc name of a declared VPC of the region; null: the first one
 * @param admits TCP ports that everybody may reach, for example {@code 8080} or {@code 8000-8100}; empty: none
 */
public record DeclaredSecurityGroup(
        int line,
        String name,
        @Nullable String id,
        String description,
        @Nullable String vpc,
        List<String> admits,
        Map<String, String> tags) {

    public DeclaredSecurityGroup {
        description = Lists.or(description, name);
        admits = Lists.orEmpty(admits);
        tags = Lists.orEmpty(tags);
    }

    /** What it admits, in the file's order. */
    public Stream<PortRange> ports() {
        return admits.stream().map(PortRange::of);
    }

    /** TCP ports from one to another, both included. */
    public record PortRange(int from, int to) {

        private static PortRange of(String text) {
            String[] ends = text.split("-", 2);
            return new PortRange(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]));
        }

        /** Whether AWS has such ports. */
        boolean isRight() {
            return from <= to && to <= 65_535;
        }
    }
}
