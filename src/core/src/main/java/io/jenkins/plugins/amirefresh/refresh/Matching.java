package io.jenkins.plugins.amirefresh.refresh;

import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.model.InstanceId;
import io.jenkins.plugins.amirefresh.model.InstanceObservation;
import io.jenkins.plugins.amirefresh.model.LaunchSource;
import io.jenkins.plugins.amirefresh.model.LaunchSource.OverrideImage;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateId;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.model.VersionReference;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What an instance may run beside the plan's own version, and what only seems to be right.
 *
 * @param overrides templates of overrides, with the version each is brought to
 * @param images the AMIs that overrides shall name, of those that name one
 * @param same versions that launch what the wanted version of their template launches
 * @param unlike instances of a wanted version that were launched with another image: an override's, or what a parameter
 *     named then
 * @param types the instance types that are right; empty for any
 */
public record Matching(
        Map<LaunchTemplateId, LaunchTemplateVersion> overrides,
        List<OverrideImage> images,
        Map<LaunchTemplateId, Set<LaunchTemplateVersion>> same,
        Set<InstanceId> unlike,
        Set<String> types) {

    /** A group whose versions say everything. */
    public static final Matching BY_VERSION = new Matching(Map.of(), List.of(), Map.of(), Set.of(), Set.of());

    /** Copies the collections; state files of older versions know no types. */
    public Matching {
        overrides = Map.copyOf(overrides);
        images = List.copyOf(images);
        same = Map.copyOf(same);
        unlike = Set.copyOf(unlike);
        types = types == null ? Set.of() : Set.copyOf(types);
    }

    /** What a way back is judged by: what overrides were before. */
    public static Matching back(Map<LaunchTemplateId, LaunchTemplateVersion> overrides, List<OverrideImage> images) {
        return new Matching(overrides, images, Map.of(), Set.of(), Set.of());
    }

    /** The instance was launched from the template, and runs what the version launches. */
    public boolean isLike(InstanceObservation instance, LaunchTemplateId template, LaunchTemplateVersion wanted) {
        LaunchTemplateVersion launched = instance.version();
        return template.equals(instance.template())
                && launched != null
                && (launched.equals(wanted)
                        || same.getOrDefault(template, Set.of()).contains(launched))
                && !unlike.contains(instance.id())
                && isOfRightType(instance);
    }

    /** The group would launch its type. */
    boolean isOfRightType(InstanceObservation instance) {
        return types.isEmpty() || types.contains(instance.instanceType());
    }

    /** What an instance has to run beside its version: the AMI that the override of its type names; empty for most. */
    public Optional<AmiId> imageOf(InstanceObservation instance) {
        return images.stream()
                .filter(image -> image.instanceType().equals(instance.instanceType()))
                .map(OverrideImage::imageId)
                .filter(image -> image.startsWith("ami-"))
                .map(AmiId::new)
                .findFirst();
    }

    /** Instances of other versions may be right as well. */
    public boolean knowsSame() {
        return !same.isEmpty();
    }

    /** The same where another version may do as well. */
    public Matching withSame(LaunchTemplateId template, LaunchTemplateVersion version) {
        Map<LaunchTemplateId, Set<LaunchTemplateVersion>> all = new TreeMap<>(same);
        Set<LaunchTemplateVersion> versions = new TreeSet<>(same.getOrDefault(template, Set.of()));
        versions.add(version);
        all.put(template, versions);
        return new Matching(overrides, images, all, unlike, types);
    }

    /** The same with more instances that only seem to be right. */
    public Matching withUnlike(Set<InstanceId> more) {
        Set<InstanceId> all = new TreeSet<>(unlike);
        all.addAll(more);
        return new Matching(overrides, images, same, all, types);
    }

    /** The source with these versions and AMIs in its overrides. */
    LaunchSource in(LaunchSource source) {
        LaunchSource wanted = source;
        for (Map.Entry<LaunchTemplateId, LaunchTemplateVersion> override : overrides.entrySet()) {
            wanted = wanted.with(override.getKey(), VersionReference.of(override.getValue()));
        }
        return wanted.withImages(images);
    }
}
