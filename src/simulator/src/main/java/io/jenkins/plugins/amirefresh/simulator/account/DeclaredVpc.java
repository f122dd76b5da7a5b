package io.jenkins.plugins.amirefresh.simulator.account;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A VPC with its subnets.
 *
 * @param name its {@code Name} tag
 * @param id generated when null
 * @param cidr for example {@code 10.0.0.0/16}
 * @param isDefault whether it is the region's default VPC, where machines start whose subnet nobody names
 */
public record DeclaredVpc(
        int line,
        String name,
        @Nullable String id,
        String cidr,
        boolean isDefault,
        Map<String, String> tags,
        List<Subnet> subnets) {

    public DeclaredVpc {
        tags = Lists.orEmpty(tags);
        subnets = Lists.orEmpty(subnets);
    }

    /** The default VPC that every region has: three zones, a public /20 each. */
    static DeclaredVpc awsDefault(String region) {
        List<Subnet> subnets = IntStream.range(0, 3)
                .mapToObj(n -> {
                    String zone = region + "abc".charAt(n);
                    return new Subnet(0, "default-" + zone, null, zone, "172.31." + 16 * n + ".0/20", true, Map.of());
                })
                .toList();
        return new DeclaredVpc(0, "default", null, "172.31.0.0/16", true, Map.of(), subnets);
    }

    /**
     * A subnet.
     *
     * @param name its {@code Name} tag; groups refer to it
     * @param zone for example {@code eu-west-1a}
     * @param mapPublicIpOnLaunch whether its machines get a public address
     */
    public record Subnet(
            int line,
            String name,
            @Nullable String id,
            String zone,
            String cidr,
            boolean mapPublicIpOnLaunch,
            Map<String, String> tags) {

        public Subnet {
            tags = Lists.orEmpty(tags);
        }
    }
}
