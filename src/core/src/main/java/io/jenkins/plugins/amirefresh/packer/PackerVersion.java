package io.jenkins.plugins.amirefresh.packer;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A release of Packer. */
public record PackerVersion(int major, int minor, int patch) implements Comparable<PackerVersion> {

    /** The first release with {@code packer init} and {@code required_plugins}. Source: Packer CHANGELOG, 1.7.0. */
    public static final PackerVersion FIRST_WITH_INIT = new PackerVersion(1, 7, 0);

    private static final Pattern VERSION = Pattern.compile("([0-9]{1,4})\\.([0-9]{1,4})\\.([0-9]{1,4})");

    /** The first version number in a text. */
    public static Optional<PackerVersion> parse(String text) {
        Matcher matcher = VERSION.matcher(text);
        return matcher.find()
                ? Optional.of(new PackerVersion(
                        Integer.parseInt(matcher.group(1)),
                        Integer.parseInt(matcher.group(2)),
                        Integer.parseInt(matcher.group(3))))
                : Optional.empty();
    }

    /** Has {@code packer init}, and needs it for a template that requires plugins. */
    public boolean hasInit() {
        return compareTo(FIRST_WITH_INIT) >= 0;
    }

    @Override
    public int compareTo(PackerVersion other) {
        return Comparator.comparingInt(PackerVersion::major)
                .thenComparingInt(PackerVersion::minor)
                .thenComparingInt(PackerVersion::patch)
                .compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
