package io.jenkins.plugins.amirefresh.launchtemplate;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What happens to groups that name {@code $Latest} when a version is created: they would launch it at once. */
public enum LatestUsers {
    /** They are pinned to the number they resolve to, until their own window. */
    PIN,
    /** Their template is refused. */
    REFUSE,
    /** They may launch the new version before their window. */
    ALLOW;

    /** The words of the parameter. */
    public static List<String> words() {
        return Arrays.stream(values()).map(LatestUsers::word).toList();
    }

    /** The value of one of {@link #words()}. */
    public static LatestUsers of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** The word of the parameter. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
