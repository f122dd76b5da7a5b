package io.jenkins.plugins.amirefresh.simulator.iam;

import java.util.Map;
import java.util.Optional;

/**
 * What conditions can ask. Source: IAM User Guide, "AWS global condition context keys".
 *
 * @param resourceTags of the resource that the call acts on
 * @param requestTags that the call sets
 * @param passedTo who gets the role when one is handed on: instances or tasks
 */
record Context(
        String service,
        String region,
        String account,
        Map<String, String> resourceTags,
        Map<String, String> requestTags,
        String passedTo) {

    Optional<String> value(String key) {
        String[] parts = key.split("/", 2);
        if (parts.length == 2) {
            return tag(parts[0], parts[1]);
        }
        return switch (key) {
            case "aws:RequestedRegion", "ec2:Region" -> Optional.of(region);
            case "iam:PassedToService" -> service.equals("iam") ? Optional.of(passedTo) : Optional.empty();
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
