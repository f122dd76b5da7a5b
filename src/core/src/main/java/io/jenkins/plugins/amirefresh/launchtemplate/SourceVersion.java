package io.jenkins.plugins.amirefresh.launchtemplate;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Which version of a template a new one is copied from. */
public enum SourceVersion {
    /** Those that its groups name: one new version for all groups whose versions are equal but for the image. */
    GROUPS,
    /** The latest. */
    LATEST,
    /** The default. */
    DEFAULT;

    /** The words of the parameter. */
    public static List<String> words() {
        return Arrays.stream(values()).map(SourceVersion::word).toList();
    }

    /** The value of one of {@link #words()}. */
    public static SourceVersion of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** The word of the parameter. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
