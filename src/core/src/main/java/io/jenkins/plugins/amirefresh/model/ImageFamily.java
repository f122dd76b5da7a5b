package io.jenkins.plugins.amirefresh.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * The family of images a launch template takes, such as web; a tag on images and templates.
 *
 * @param value 1 to 64 characters of a-z A-Z 0-9 . _ -
 */
public record ImageFamily(@JsonValue String value) implements Comparable<ImageFamily> {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /** @throws IllegalArgumentException when {@code value} is not 1 to 64 characters of a-z A-Z 0-9 . _ - */
    @JsonCreator
    public ImageFamily {
        Identifiers.require(value, FORM, "ImageFamily", "1 to 64 characters of a-z A-Z 0-9 . _ -");
    }

    @Override
    public int compareTo(ImageFamily other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
