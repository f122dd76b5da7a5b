package io.jenkins.plugins.amirefresh.step.buildami;

import io.jenkins.plugins.amirefresh.ami.AmiTags;
import io.jenkins.plugins.amirefresh.cloud.Amis;
import io.jenkins.plugins.amirefresh.model.AccountAccess;
import io.jenkins.plugins.amirefresh.model.Ami;
import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.model.AwsRegion;
import io.jenkins.plugins.amirefresh.step.StepHost;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The images of a build in AWS: found, looked at, tagged. */
final class BuiltAmis {

    private final StepHost host;

    BuiltAmis(StepHost host) {
        this.host = host;
    }

    /** An image of this key in every region, not bad and not older than {@code within}; empty unless all have one. */
    Optional<Map<AwsRegion, AmiId>> ofKey(String buildKey, List<AwsRegion> regions, Duration within) {
        Map<AwsRegion, AmiId> found = new TreeMap<>();
        for (AwsRegion region : regions) {
            List<Ami> candidates = amis(region).ownedWithTags(Map.of(AmiTags.BUILD_KEY, buildKey)).stream()
                    .filter(Ami::isAvailable)
                    .filter(ami -> !ami.tags().containsKey(AmiTags.BAD))
                    .filter(ami ->
                            ami.createdAt().plus(within).isAfter(host.clock().instant()))
                    .toList();
            candidates.stream()
                    .findFirst()
                    .filter(ami -> isOnlyOneOfItsRun(ami, candidates))
                    .ifPresent(ami -> found.put(region, ami.id()));
        }
        return Optional.of(found).filter(amis -> amis.size() == regions.size());
    }

    /** Two of one run are of two builds of a template, and nobody can say which is meant. */
    private static boolean isOnlyOneOfItsRun(Ami ami, List<Ami> candidates) {
        String run = ami.tags().getOrDefault(AmiTags.RUN, "");
        return run.isEmpty()
                || candidates.stream()
                                .filter(other -> run.equals(other.tags().get(AmiTags.RUN)))
                                .count()
                        == 1;
    }

    /** The image in its region, empty while AWS does not show it yet. */
    Optional<Ami> describe(AwsRegion region, AmiId id) {
        return amis(region).describe(List.of(id)).stream().findFirst();
    }

    /** The source AMI a name means. */
    Optional<Ami> newestNamed(AwsRegion region, String pattern, List<String> owners) {
        return amis(region).newestNamed(pattern, owners);
    }

    /** Writes the tags that are missing; nothing when Packer wrote them all. */
    void complete(AwsRegion region, Ami ami, Map<String, String> tags) {
        Map<String, String> missing = new TreeMap<>(tags);
        missing.keySet().removeAll(ami.tags().keySet());
        if (!missing.isEmpty()) {
            amis(region).putTags(ami.id(), missing);
        }
    }

    /** For people. */
    static String text(Map<AwsRegion, AmiId> amis) {
        return new TreeMap<>(amis)
                .entrySet().stream()
                        .map(ami -> ami.getValue() + " in " + ami.getKey())
                        .collect(Collectors.joining(", "));
    }

    private Amis amis(AwsRegion region) {
        return host.cloud(AccountAccess.SELF, region).amis();
    }
}
