package io.jenkins.plugins.amirefresh.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An AWS region.
 *
 * @param value a region such as eu-west-1
 */
public record AwsRegion(@JsonValue String value) implements Comparable<AwsRegion> {
    private static final Pattern FORM = Pattern.compile("[a-z]{2,4}(-[a-z]+)+-[0-9]+");

    /** Shorter words are all alike. */
    private static final int LONG = 4;

    /** What regions are named after. */
    private static final List<String> AREAS =
            List.of("af", "ap", "ca", "cn", "eu", "eusc", "il", "me", "mx", "sa", "us");

    private static final List<String> WORDS = List.of(
            "central",
            "east",
            "north",
            "northeast",
            "northwest",
            "south",
            "southeast",
            "southwest",
            "west",
            "de",
            "gov",
            "iso",
            "isob",
            "isoe",
            "isof");

    /** @throws IllegalArgumentException when {@code value} is not a region such as eu-west-1 */
    @JsonCreator
    public AwsRegion {
        Identifiers.require(value, FORM, "AwsRegion", "a region such as eu-west-1");
    }

    /**
     * The region that this one is a slip of the pen for. AWS opens new regions, whose names are made of the words of others,
     * so a name of nothing but known words may be one. Source: Account Management Reference Guide, "Regions".
     */
    public Optional<AwsRegion> meant() {
        String[] words = value.split("-");
        boolean isSlip = false;
        if (!AREAS.contains(words[0])) {
            Optional<String> area = AREAS.stream()
                    .filter(one -> letters(one).equals(letters(words[0])))
                    .findFirst();
            isSlip = area.isPresent();
            words[0] = area.orElse(words[0]);
        }
        for (int i = 1; i < words.length - 1; i++) {
            Optional<String> word = words[i].length() < LONG || WORDS.contains(words[i])
                    ? Optional.empty()
                    : Suggestion.nearest(words[i], WORDS);
            isSlip |= word.isPresent();
            words[i] = word.orElse(words[i]);
        }
        return isSlip ? Optional.of(new AwsRegion(String.join("-", words))) : Optional.empty();
    }

    private static String letters(String word) {
        return word.chars().sorted().mapToObj(Character::toString).collect(Collectors.joining());
    }

    @Override
    public int compareTo(AwsRegion other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
