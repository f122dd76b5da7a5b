package io.jenkins.plugins.amirefresh.packer;

import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.model.AwsRegion;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What one build of a template made.
 *
 * @param build the build's name, for example {@code amazon-ebs.image}
 * @param amis the AMI in each region, in the regions' order
 */
public record PackerArtifact(String build, SortedMap<AwsRegion, AmiId> amis) {

    /** A whole id: a line that was cut must not give another image's. Source: EC2 User Guide, "Resource IDs". */
    private static final Pattern AMI = Pattern.compile("([a-z0-9-]+):(ami-(?:[0-9a-f]{8}|[0-9a-f]{17}))");

    /** Copies the map. */
    public PackerArtifact {
        amis = Collections.unmodifiableSortedMap(new TreeMap<>(amis));
    }

    /**
     * Reads the id of an Amazon builder's artifact, {@code eu-west-1:ami-..,eu-west-2:ami-..}. Parts that are no AMI are
     * left out, so an artifact of another builder has no AMIs.
     */
    static PackerArtifact parse(String build, String artifactId) {
        SortedMap<AwsRegion, AmiId> amis = new TreeMap<>();
        for (String part : artifactId.split(",", -1)) {
            Matcher matcher = AMI.matcher(part.trim());
            if (matcher.matches()) {
                amis.put(new AwsRegion(matcher.group(1)), new AmiId(matcher.group(2)));
            }
        }
        return new PackerArtifact(build, amis);
    }

    /** As Packer writes it: {@code eu-west-1:ami-..,eu-west-2:ami-..}. */
    public String id() {
        return amis.entrySet().stream()
                .map(entry -> entry.getKey() + ":" + entry.getValue())
                .collect(Collectors.joining(","));
    }
}
