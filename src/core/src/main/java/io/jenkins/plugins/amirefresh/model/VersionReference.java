package io.jenkins.plugins.amirefresh.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.function.Function;
import java.util.function.Supplier;

/** How a group names its launch template's version; resolve it to a number before comparing. */
public sealed interface VersionReference {

    /** AWS's text for {@link Latest}. */
    String LATEST = "$Latest";

    /** {@code $Latest}: the highest number at each launch. */
    record Latest() implements VersionReference {}

    /** {@code $Default}: the template's default version at each launch. */
    record Default() implements VersionReference {}

    /** A fixed version. */
    record Numbered(LaunchTemplateVersion version) implements VersionReference {}

    /**
     * Reads AWS's text; an absent version means the default one.
     *
     * @throws IllegalArgumentException when it is neither an alias nor a number
     */
    @JsonCreator
    static VersionReference parse(String text) {
        return switch (text) {
            case LATEST -> new Latest();
            case "$Default", "" -> new Default();
            default -> new Numbered(new LaunchTemplateVersion(Long.parseLong(text)));
        };
    }

    /** A reference to exactly {@code version}. */
    static VersionReference of(LaunchTemplateVersion version) {
        return new Numbered(version);
    }

    /** AWS's text: {@code $Latest}, {@code $Default} or the number. */
    @JsonValue
    default String text() {
        return fold(() -> LATEST, () -> "$Default", LaunchTemplateVersion::toString);
    }

    /** One function a case. */
    default <T> T fold(Supplier<T> latest, Supplier<T> templateDefault, Function<LaunchTemplateVersion, T> numbered) {
        if (this instanceof Latest) {
            return latest.get();
        }
        return this instanceof Numbered fixed ? numbered.apply(fixed.version()) : templateDefault.get();
    }
}
