package io.jenkins.plugins.amirefresh.step.fleet;

import io.jenkins.plugins.amirefresh.journal.OverrideRecord;
import io.jenkins.plugins.amirefresh.journal.RefreshRecord;
import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.model.Capacity;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.LaunchSource.OverrideImage;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateId;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.model.VersionReference;
import io.jenkins.plugins.amirefresh.refresh.Change;
import io.jenkins.plugins.amirefresh.step.preflight.FreeTags;
import io.jenkins.plugins.amirefresh.step.preflight.Objection;
import io.jenkins.plugins.amirefresh.step.preflight.Risk;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@link RefreshRecord} on the group itself, so that a rollback is possible without the journal:
 * {@code run=weekly-12 template=lt-0123456789abcdef0 from=3 to=4 named=Latest default=3 size=2:4:8 image=ami-0123456789abcdef0}.
 */
public final class RecordTag {

    /** The tag's name. */
    public static final String NAME = "ami-refresh:record";

    private static final Pattern FORM = Pattern.compile("run=([^ ]*) template=(lt-[0-9a-f]+) from=([0-9]+) to=([0-9]+)"
            + " named=(Latest|Default|[0-9]+) default=([0-9]+) size=([0-9]+):([0-9]+):([0-9]+)(?: ami=(ami-[0-9a-f]+))?( by=image)?"
            + "((?: (?:and|image)=[^ ]+)*)");

    private static final Pattern OVERRIDE =
            Pattern.compile(" and=(lt-[0-9a-f]+):([0-9]+):([0-9]+):(Latest|Default|[0-9]+):([0-9]+)");
    private static final Pattern IMAGE = Pattern.compile(" image=([^ :]*):([^ ]+)");
    private static final int LONGEST = 256;
    /** Every override that names an AMI, where there is no room for their instance types. */
    private static final String ALL = "@";

    private RecordTag() {}

    /** The tag's value, at most 256 characters of those that every tag may have. */
    public static String text(RefreshRecord record) {
        String whole = whole(record);
        return whole.length() <= LONGEST
                ? whole
                : whole.substring(0, whole.indexOf(" and=") < 0 ? whole.indexOf(" image=") : whole.indexOf(" and="))
                        + " overrides=unknown";
    }

    /** Why the record does not fit into a tag, where a later build would look for it; empty when it does, or may not. */
    public static Optional<String> unfit(RefreshRecord record, Set<Risk> allowed) {
        int length = whole(record).length();
        return length <= LONGEST || allowed.contains(Risk.FREE_TAGS)
                ? Optional.empty()
                : Optional.of(new Objection(
                                Risk.FREE_TAGS,
                                "its record takes " + length + " characters and a tag holds " + LONGEST
                                        + ", so no later build could go back: give fewer overrides launch templates or"
                                        + " AMIs of their own, or the build a shorter name")
                        .text());
    }

    private static String whole(RefreshRecord record) {
        Capacity size = record.capacity();
        String head =
                "run=" + run(record.runId()) + " template=" + record.template() + " from=" + record.from() + " to="
                        + record.to() + " named=" + record.reference().text().replace("$", "") + " default="
                        + record.previousDefault() + " size=" + size.min() + ":" + size.desired() + ":" + size.max()
                        + (record.ami() == null ? "" : " ami=" + record.ami())
                        + (record.byImage() ? " by=image" : "")
                        + templates(record);
        String whole = head + images(record);
        boolean isOne =
                record.images().stream().map(OverrideImage::imageId).distinct().count() == 1;
        return whole.length() <= LONGEST || !isOne
                ? whole
                : head + " image=" + ALL + ":" + record.images().get(0).imageId();
    }

    /** Another build has to know them all: overrides without room make a tag that nobody goes back by. */
    private static String templates(RefreshRecord record) {
        StringBuilder text = new StringBuilder();
        for (OverrideRecord override : record.overrides()) {
            text.append(" and=" + override.template() + ":" + override.from() + ":" + override.to() + ":"
                    + override.reference().text().replace("$", "") + ":" + override.previousDefault());
        }
        return text.toString();
    }

    /** Each AMI once, with the instance types whose overrides name it. */
    private static String images(RefreshRecord record) {
        Map<String, List<String>> types = new LinkedHashMap<>();
        for (OverrideImage image : record.images()) {
            types.computeIfAbsent(image.imageId(), id -> new ArrayList<>()).add(image.instanceType());
        }
        StringBuilder text = new StringBuilder();
        types.forEach((id, named) -> text.append(" image=" + String.join("/", named) + ":" + id));
        return text.toString();
    }

    private static String run(String id) {
        return (id.length() > 100 ? id.substring(0, 100) : id).replace(' ', '_');
    }

    /** A run with this id wrote the tag that the record is from. */
    static boolean isOf(RefreshRecord record, String runId) {
        return record.runId().equals(run(runId));
    }

    /**
     * The changes with the record of the work written before all others, in one call with other tags. It is left out where
     * it stands already, and where the group has no room for it: the run's own record is all there is then.
     */
    static List<Change> before(List<Change> changes, GroupWork work, GroupObservation group, String controller) {
        String text = text(work.record());
        Set<String> names = WorkTags.toRefresh(controller, work.plan());
        if (group.tag(NAME).equals(text) || !FreeTags.fit(group, names)) {
            return changes;
        }
        Map<String, String> tags = new TreeMap<>(Map.of(NAME, text));
        List<Change> all = new ArrayList<>();
        for (Change change : changes) {
            if (change instanceof Change.PutTags put) {
                tags.putAll(put.tags());
            } else {
                all.add(change);
            }
        }
        all.add(0, new Change.PutTags(tags));
        return all;
    }

    /** The record on a group; empty when it has none, or one that cannot be read. */
    public static Optional<RefreshRecord> of(GroupObservation group) {
        Matcher matcher = FORM.matcher(group.tag(NAME));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Optional.of(new RefreshRecord(
                matcher.group(1),
                group.key(),
                new LaunchTemplateId(matcher.group(2)),
                version(matcher.group(3)),
                version(matcher.group(4)),
                reference(matcher.group(5)),
                version(matcher.group(6)),
                new Capacity(number(matcher.group(7)), number(matcher.group(8)), number(matcher.group(9))),
                overrides(matcher.group(12)),
                images(matcher.group(12), group),
                matcher.group(10) == null ? null : new AmiId(matcher.group(10)),
                matcher.group(11) != null,
                null,
                null));
    }

    private static List<OverrideRecord> overrides(String text) {
        return OVERRIDE.matcher(text)
                .results()
                .map(found -> new OverrideRecord(
                        new LaunchTemplateId(found.group(1)),
                        version(found.group(2)),
                        version(found.group(3)),
                        reference(found.group(4)),
                        version(found.group(5)),
                        null))
                .toList();
    }

    private static List<OverrideImage> images(String text, GroupObservation group) {
        List<OverrideImage> now = group.launchSource().imagesOfOverrides();
        return IMAGE.matcher(text)
                .results()
                .flatMap(found -> now.stream()
                        .filter(image -> found.group(1).equals(ALL)
                                || List.of(found.group(1).split("/", -1)).contains(image.instanceType()))
                        .map(image -> image.naming(found.group(2))))
                .toList();
    }

    private static VersionReference reference(String named) {
        return VersionReference.parse(Character.isDigit(named.charAt(0)) ? named : "$" + named);
    }

    private static LaunchTemplateVersion version(String text) {
        return new LaunchTemplateVersion(Long.parseLong(text));
    }

    private static int number(String text) {
        return Integer.parseInt(text);
    }
}
