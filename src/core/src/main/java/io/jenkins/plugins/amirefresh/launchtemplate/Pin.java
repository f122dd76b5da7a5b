package io.jenkins.plugins.amirefresh.launchtemplate;

import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.LaunchSource;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateId;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.model.VersionReference;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A group that is made to name a number instead of an alias, so that a new version changes nothing for it.
 *
 * @param was how it named the version of its own template
 * @param to the number the alias resolves to
 * @param source where it launches from afterwards
 * @param overrides how overrides with another template named its version, of those that are pinned too
 */
public record Pin(
        GroupKey group,
        VersionReference was,
        LaunchTemplateVersion to,
        LaunchSource source,
        Map<LaunchTemplateId, VersionReference> overrides) {

    /** The tag that says so on the group, until the group gets its alias back. */
    public static final String TAG = "ami-refresh:pinned";

    private static final Pattern OVERRIDE = Pattern.compile(" (lt-[0-9a-f]+)=(Latest|Default)");

    /** Copies the map; state files of older versions know no overrides. */
    public Pin {
        overrides = overrides == null ? Map.of() : Map.copyOf(overrides);
    }

    /** This pin and another one of the same group as one, which may be made twice. */
    public Pin and(Pin other) {
        Map<LaunchTemplateId, VersionReference> both = new TreeMap<>(overrides);
        both.putAll(other.overrides);
        LaunchSource joined = source;
        for (LaunchSource.Template template : other.source.templates()) {
            boolean isNumber = template.version() instanceof VersionReference.Numbered;
            joined = isNumber ? joined.with(template.id(), template.version()) : joined;
        }
        boolean pinsMain = was instanceof VersionReference.Latest && overrides.isEmpty();
        return new Pin(group, was, pinsMain ? to : other.to, joined, both);
    }

    /** What the tag says: {@code $Latest 3 weekly-refresh-12}, then the overrides: {@code lt-0123456789abcdef0=Latest}. */
    public String tagValue(String runId) {
        return was.text() + " " + to + " " + runId
                + new TreeMap<>(overrides)
                        .entrySet().stream()
                                .map(entry -> " " + entry.getKey() + "="
                                        + entry.getValue().text().substring(1))
                                .collect(Collectors.joining());
    }

    /** The tag's value with the number that the group names since its run went on; empty when it says that already. */
    public static Optional<String> mended(GroupObservation group) {
        String tag = group.tag(TAG);
        String[] words = tag.split(" ", 3);
        return group.launchSource()
                .mainTemplate()
                .map(LaunchSource.Template::version)
                .filter(VersionReference.Numbered.class::isInstance)
                .map(VersionReference::text)
                .filter(number -> words.length == 3 && mainIn(tag).isPresent() && !words[1].equals(number))
                .map(number -> words[0] + " " + number + " " + words[2]);
    }

    /**
     * The tag's value for a group that was left on numbers and has no such tag, so that its aliases are not forgotten; empty
     * when nothing is to be remembered.
     *
     * @param aliases how its owner names the versions of its templates, of those named by alias
     */
    public static Optional<String> missing(
            GroupObservation group, Map<LaunchTemplateId, VersionReference> aliases, String runId) {
        Map<LaunchTemplateId, VersionReference> numbered = group.launchSource().templates().stream()
                .filter(use -> use.version() instanceof VersionReference.Numbered && aliases.containsKey(use.id()))
                .collect(Collectors.toMap(
                        LaunchSource.Template::id, use -> aliases.get(use.id()), (one, same) -> one, TreeMap::new));
        if (numbered.isEmpty() || group.tags().containsKey(TAG)) {
            return Optional.empty();
        }
        return group.launchSource()
                .mainTemplate()
                .filter(main -> main.version() instanceof VersionReference.Numbered)
                .map(main -> {
                    VersionReference was =
                            Optional.ofNullable(numbered.remove(main.id())).orElse(main.version());
                    LaunchTemplateVersion to = ((VersionReference.Numbered) main.version()).version();
                    return new Pin(group.key(), was, to, group.launchSource(), numbered).tagValue(runId);
                });
    }

    /** The tag says so, and the group names no number any more: others gave it an alias. */
    public static boolean isOver(GroupObservation group) {
        String tag = group.tag(TAG);
        Map<LaunchTemplateId, VersionReference> overrides = overridesIn(tag);
        Optional<LaunchTemplateId> main = mainIn(tag)
                .flatMap(alias -> group.launchSource().mainTemplate())
                .map(LaunchSource.Template::id);
        return !tag.isEmpty()
                && group.launchSource().templates().stream()
                        .filter(use -> overrides.containsKey(use.id())
                                || main.filter(use.id()::equals).isPresent())
                        .noneMatch(use -> use.version() instanceof VersionReference.Numbered);
    }

    /** How the group named the version of its own template, by the tag's value; empty when the tag names no alias. */
    public static Optional<VersionReference> mainIn(String tagValue) {
        String alias = tagValue.split(" ", 2)[0];
        return alias.equals("$Latest") || alias.equals("$Default")
                ? Optional.of(VersionReference.parse(alias))
                : Optional.empty();
    }

    /** How the owner of a group names the version of a template of it: as it was before a run of ours pinned it. */
    public static VersionReference named(GroupObservation group, LaunchSource.Template use) {
        String tag = group.tag(TAG);
        boolean isMain = group.launchSource()
                .mainTemplate()
                .filter(main -> main.id().equals(use.id()))
                .isPresent();
        boolean isPinned =
                use.version() instanceof VersionReference.Numbered fixed && tag.contains(" " + fixed.version() + " ");
        Optional<VersionReference> was = isMain
                ? mainIn(tag).filter(alias -> isPinned)
                : Optional.ofNullable(overridesIn(tag).get(use.id()));
        return was.orElse(use.version());
    }

    /** How overrides named the versions of their templates, by the tag's value. */
    public static Map<LaunchTemplateId, VersionReference> overridesIn(String tagValue) {
        Map<LaunchTemplateId, VersionReference> found = new TreeMap<>();
        Matcher matcher = OVERRIDE.matcher(tagValue);
        while (matcher.find()) {
            found.put(new LaunchTemplateId(matcher.group(1)), VersionReference.parse("$" + matcher.group(2)));
        }
        return found;
    }
}
