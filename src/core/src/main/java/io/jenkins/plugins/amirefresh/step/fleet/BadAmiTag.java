package io.jenkins.plugins.amirefresh.step.fleet;

import io.jenkins.plugins.amirefresh.ami.AmiTags;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who holds an image bad, as its tag says: the first with the reason, others by their names behind it. Each takes back its own
 * word only, and the image is good again when nobody is left.
 *
 * @param first who marked it and why, or what people wrote
 * @param others groups that failed with it, too
 */
record BadAmiTag(String first, List<String> others) {

    /** Behind a value that had no room for another name; nobody takes that back. */
    static final String MORE = "more";

    private static final String ALSO = " +also ";
    private static final int LEAST = 80;

    BadAmiTag {
        others = List.copyOf(others);
    }

    /** What a tag says. */
    static BadAmiTag of(String tag) {
        List<String> parts = List.of((tag + " ").split("(?<= )\\+also ", -1));
        return new BadAmiTag(
                parts.get(0).trim(), parts.stream().skip(1).map(String::trim).toList());
    }

    boolean isOf(String group) {
        return isFirst(group) || others.contains(group);
    }

    private boolean isFirst(String group) {
        return first.startsWith(group + ": ");
    }

    /** With a group that failed for a reason, too. */
    BadAmiTag and(String group, String reason) {
        if (first.isEmpty() || isFirst(group)) {
            return new BadAmiTag(group + ": " + reason, others);
        }
        List<String> all = new ArrayList<>(others);
        if (!all.contains(group) && !all.contains(MORE)) {
            all.add(new BadAmiTag(first, List.of(joined(all), group)).fits() ? group : MORE);
        }
        return new BadAmiTag(first, all);
    }

    private static String joined(List<String> names) {
        return String.join(ALSO, names);
    }

    private boolean fits() {
        return LEAST + ALSO.length() * 2 + joined(others).length() + ALSO.length() + MORE.length()
                <= AmiTags.LONGEST_VALUE;
    }

    /** Without a group that takes its word back; empty when nobody is left. */
    Optional<BadAmiTag> without(String group) {
        List<String> rest = others.stream().filter(name -> !name.equals(group)).toList();
        if (!isFirst(group)) {
            return Optional.of(new BadAmiTag(first, rest));
        }
        return rest.isEmpty()
                ? Optional.empty()
                : Optional.of(new BadAmiTag(
                        rest.get(0) + ": failed with it too",
                        rest.stream().skip(1).toList()));
    }

    /** The tag's value. */
    String text() {
        String names = others.isEmpty() ? "" : ALSO + joined(others);
        int room = AmiTags.LONGEST_VALUE - names.length();
        return (first.length() <= room
                        ? first
                        : first.substring(0, Math.max(0, room)).trim())
                + names;
    }
}
