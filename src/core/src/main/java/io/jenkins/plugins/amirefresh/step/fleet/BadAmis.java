package io.jenkins.plugins.amirefresh.step.fleet;

import io.jenkins.plugins.amirefresh.ami.AmiTags;
import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.cloud.Instances;
import io.jenkins.plugins.amirefresh.journal.JournalEvent;
import io.jenkins.plugins.amirefresh.journal.JournalFact;
import io.jenkins.plugins.amirefresh.journal.RefreshRecord;
import io.jenkins.plugins.amirefresh.model.Ami;
import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.model.ImageFamily;
import io.jenkins.plugins.amirefresh.model.InstanceId;
import io.jenkins.plugins.amirefresh.model.InstanceObservation;
import io.jenkins.plugins.amirefresh.model.LaunchSource.OverrideImage;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersionData;
import io.jenkins.plugins.amirefresh.model.Place;
import io.jenkins.plugins.amirefresh.model.VersionReference;
import io.jenkins.plugins.amirefresh.step.StepHost;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Marks the AMIs that groups failed with, so that no later run uses them. Whoever knows better removes the tag {@link
 * AmiTags#BAD}.
 */
public final class BadAmis {

    private static final int LONGEST_TAG = 256;
    private static final Pattern INSTANCE = Pattern.compile("\\bi-[0-9a-f]{8,17}\\b");

    private final StepHost host;
    private final Collection<Place> places;
    private final String step;

    /**
     * For a step.
     *
     * @param places where it works: one of them may own the AMI
     * @param step its function name
     */
    public BadAmis(StepHost host, Collection<Place> places, String step) {
        this.host = host;
        this.places = List.copyOf(places);
        this.step = step;
    }

    /**
     * Marks the AMI that a group failed with, where the group is and where its owner is; this run knows it even when AWS does
     * not take the tag. Repeating it is safe. Nothing that has to follow depends on it.
     *
     * @param place the group's
     * @param name the group, as the console names it
     * @param reason why the group failed
     * @return what the group's row says of a mark that could not be made, empty for nothing
     */
    public String mark(Place place, String name, RefreshRecord record, String family, String reason) {
        try {
            Cloud cloud = cloud(place);
            Optional<AmiId> found = ofInstances(cloud, record, reason).or(() -> ami(cloud, record, reason));
            if (found.isEmpty()) {
                host.log(name + ": no AMI is marked bad, which one its instances failed with is not known");
            } else {
                AmiId ami = found.get();
                String text = tagText(record.group().name() + ": " + reason);
                note(
                        record,
                        "bad",
                        new JournalFact.AmiMarkedBad(
                                ami, new ImageFamily(family.isEmpty() ? "unknown" : family), record.group(), text));
                for (Cloud owner : owners(cloud, place, ami)) {
                    BadAmiTag claims = claims(owner, ami).and(tagName(record), tagText(reason));
                    owner.amis().putTags(ami, Map.of(AmiTags.BAD, claims.text()));
                }
                host.log(name + ": " + ami + " is marked bad and is not used again");
            }
            return "";
        } catch (CloudException e) {
            host.log(name + ": could not mark its AMI bad, tag it " + AmiTags.BAD + " yourself: " + e.getMessage());
            return "its image is not marked bad, so the next run takes it again unless you tag it " + AmiTags.BAD
                    + " yourself: " + e.getMessage();
        }
    }

    /**
     * Takes back what this group's failure marked, since the version it went back to fails alike; what other groups marked
     * stands. Repeating it is safe. Nothing that has to follow depends on it.
     *
     * @param reason how the older version failed
     */
    public void withdraw(Place place, String name, RefreshRecord record, String reason) {
        try {
            Cloud cloud = cloud(place);
            Optional<AmiId> found =
                    marked(record).or(() -> ami(cloud, record, reason)).filter(ami -> isMarked(cloud, ami, record));
            if (found.isEmpty()) {
                return;
            }
            AmiId ami = found.get();
            note(record, "withdrawn", new JournalFact.AmiMarkWithdrawn(ami, record.group(), tagText(reason)));
            boolean isLeft = false;
            for (Cloud owner : owners(cloud, place, ami)) {
                Optional<BadAmiTag> left = claims(owner, ami).without(tagName(record));
                isLeft |= left.isPresent();
                if (left.isPresent()) {
                    owner.amis().putTags(ami, Map.of(AmiTags.BAD, left.get().text()));
                } else {
                    owner.amis().removeTags(ami, Set.of(AmiTags.BAD));
                }
            }
            if (!isLeft) {
                host.log(name + ": " + ami + " is not marked bad any more, version " + record.from()
                        + " fails alike: look at what both share");
            }
        } catch (CloudException e) {
            host.log(name + ": could not take the mark of its AMI back, remove its tag " + AmiTags.BAD + " yourself: "
                    + e.getMessage());
        }
    }

    private static boolean isMarked(Cloud cloud, AmiId ami, RefreshRecord record) {
        return claims(cloud, ami).isOf(tagName(record));
    }

    private static BadAmiTag claims(Cloud cloud, AmiId ami) {
        return cloud.amis().describe(List.of(ami)).stream()
                .map(image -> BadAmiTag.of(image.tags().getOrDefault(AmiTags.BAD, "")))
                .findFirst()
                .orElse(BadAmiTag.of(""));
    }

    /** The group, as tags take it. */
    private static String tagName(RefreshRecord record) {
        return tagText(record.group().name().value());
    }

    private void note(RefreshRecord record, String what, JournalFact fact) {
        String key = host.run().stepId() + ":" + record.group() + ":" + what;
        host.journal().append(new JournalEvent(key, host.clock().instant(), step, fact));
    }

    /**
     * Where the tags of an image count: where the group is, and where its owner is. Tags on a shared image are seen by the
     * account alone that made them. Source: Amazon EC2 User Guide, "Tag your resources".
     */
    private List<Cloud> owners(Cloud cloud, Place groupsPlace, AmiId ami) {
        List<Cloud> clouds = new ArrayList<>(List.of(cloud));
        for (Ami image : cloud.amis().describe(List.of(ami))) {
            places.stream()
                    .filter(place -> place.region().equals(groupsPlace.region()) && !place.equals(groupsPlace))
                    .map(this::cloud)
                    .filter(other -> other.account().value().equals(image.ownerId()))
                    .findFirst()
                    .ifPresent(clouds::add);
        }
        return clouds;
    }

    /** What this group's failure marked in this run. */
    private Optional<AmiId> marked(RefreshRecord record) {
        return host.journal().history().facts(JournalFact.AmiMarkedBad.class).stream()
                .filter(mark -> mark.group().equals(record.group()))
                .map(JournalFact.AmiMarkedBad::ami)
                .reduce((earlier, later) -> later);
    }

    /** Where overrides launch other images, the instances that the reason names say which one it was; of several nobody does. */
    private static Optional<AmiId> ofInstances(Cloud cloud, RefreshRecord record, String reason) {
        Set<InstanceId> named = named(reason);
        if (named.isEmpty() || (record.overrides().isEmpty() && record.images().isEmpty())) {
            return Optional.empty();
        }
        List<AmiId> images = newImages(cloud, record, named);
        return images.size() == 1 ? Optional.of(images.get(0)) : Optional.empty();
    }

    private static Set<InstanceId> named(String reason) {
        return INSTANCE.matcher(reason)
                .results()
                .map(found -> new InstanceId(found.group()))
                .collect(Collectors.toSet());
    }

    /** What instances run beside the image from before. */
    private static List<AmiId> newImages(Cloud cloud, RefreshRecord record, Set<InstanceId> instances) {
        return cloud.instances().describe(instances).stream()
                .map(Instances.Instance::ami)
                .filter(ami -> !ami.equals(record.ami()))
                .distinct()
                .toList();
    }

    private static Optional<AmiId> ami(Cloud cloud, RefreshRecord record, String reason) {
        Optional<LaunchTemplateVersionData> version =
                cloud.launchTemplates().version(record.template(), VersionReference.of(record.to()));
        if (version.filter(LaunchTemplateVersionData::followsParameter).isPresent()) {
            return ofParameter(cloud, record, reason);
        }
        return record.byImage() ? ofOverrides(cloud, record) : version.flatMap(LaunchTemplateVersionData::ami);
    }

    /**
     * What a parameter names now may be another image than the one that failed: instances say what they run, those that the
     * reason names, else those of the group. Where none is left it is what the parameter named then, if it still does.
     */
    private static Optional<AmiId> ofParameter(Cloud cloud, RefreshRecord record, String reason) {
        Set<InstanceId> failed = named(reason);
        Set<InstanceId> asked = failed.isEmpty() ? ofGroup(cloud, record) : failed;
        List<AmiId> images = asked.isEmpty() ? List.of() : newImages(cloud, record, asked);
        if (!images.isEmpty()) {
            return images.size() == 1 ? Optional.of(images.get(0)) : Optional.empty();
        }
        AmiId then = record.followed();
        return then == null
                ? Optional.empty()
                : cloud.launchTemplates()
                        .imageOf(record.template(), record.to())
                        .filter(then::equals);
    }

    private static Set<InstanceId> ofGroup(Cloud cloud, RefreshRecord record) {
        return cloud.autoScalingGroups().named(List.of(record.group().name())).stream()
                .flatMap(group -> group.instances().stream())
                .filter(instance -> instance.isOn(record.template(), record.to()))
                .map(InstanceObservation::id)
                .collect(Collectors.toSet());
    }

    /** What only overrides were brought to; of several nobody knows which one failed. */
    private static Optional<AmiId> ofOverrides(Cloud cloud, RefreshRecord record) {
        Set<String> before =
                record.images().stream().map(OverrideImage::imageId).collect(Collectors.toSet());
        List<String> now = cloud
                .autoScalingGroups()
                .named(List.of(record.group().name()))
                .stream()
                .flatMap(group -> group.launchSource().imagesOfOverrides().stream())
                .map(OverrideImage::imageId)
                .filter(image -> image.startsWith("ami-") && !before.contains(image))
                .distinct()
                .toList();
        return now.size() == 1 ? Optional.of(new AmiId(now.get(0))) : Optional.empty();
    }

    // Tag values take letters, digits, spaces and _.:/=+-@ only. Source: Amazon EC2 User Guide, "Tag your resources".
    private static String tagText(String reason) {
        String text = reason.replaceAll("[^\\p{L}\\p{N} _.:/=+@-]", " ")
                .replaceAll(" +", " ")
                .trim();
        return text.length() <= LONGEST_TAG ? text : text.substring(0, LONGEST_TAG);
    }

    private Cloud cloud(Place place) {
        return host.cloud(place.access(), place.region());
    }
}
