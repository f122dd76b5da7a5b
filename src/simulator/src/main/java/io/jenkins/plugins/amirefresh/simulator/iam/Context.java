package io.jenkins.plugins.amirefresh.simulator.iam;

import java.util.Map;
import java.util.Optional;

/**
 * What conditions can ask. Source: IAM User Guide, "AWS global condition context keys".
 *
 * @param resourceTags of the resource that the call acts on
 * @param requestTags that the call sets
 */
record Context(
        String service,
        String region,
        String account,
        Map<String, String> resourceTags,
        Map<String, String> requestTags) {

    Optional<String> value(String key) {
        String[] parts = key.split("/", 2);
        if (parts.length == 2) {
            return tag(parts[0], parts[1]);
        }
        return switch (key) {
            case "aws:RequestedRegion", "ec2:Region" -> Optional.of(region);
            // Groups and refreshes hand roles to instances, nothing else does here.
            case "iam:PassedToService" -> service.equals("iam") ? Optional.of("ec2.amazonaws.com") : Optional.empty();
            case "aws:PrincipalAccount", "aws:ResourceAccount" -> Optional.of(account);
            default -> Optional.empty();
        };
    }

    private Optional<String> tag(String family, String name) {
        return switch (family) {
            case "aws:ResourceTag" -> Optional.ofNullable(resourceTags.get(name));
            case "aws:RequestTag" -> Optional.ofNullable(requestTags.get(name));
            default ->
                family.equals(service + ":ResourceTag")
                        ? Optional.ofNullable(resourceTags.get(name))
                        : Optional.empty();
        };
    }
}
