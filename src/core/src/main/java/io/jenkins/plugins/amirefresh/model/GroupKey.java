package io.jenkins.plugins.amirefresh.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Comparator;

/** The identity of an Auto Scaling group: names repeat across accounts and regions. */
public record GroupKey(AccountId account, AwsRegion region, AutoScalingGroupName name) implements Comparable<GroupKey> {

    private static final Comparator<GroupKey> ORDER = Comparator.comparing(GroupKey::account)
            .thenComparing(GroupKey::region)
            .thenComparing(GroupKey::name);

    /**
     * Reads {@code account/region/name}, the form of {@link #text()}.
     *
     * @throws IllegalArgumentException when a part is missing or malformed
     */
    @JsonCreator
    public static GroupKey parse(String text) {
        String[] parts = text.split("/", 3);
        if (parts.length != 3) {
            throw new IllegalArgumentException("group '" + text + "' is not account/region/name");
        }
        return new GroupKey(new AccountId(parts[0]), new AwsRegion(parts[1]), new AutoScalingGroupName(parts[2]));
    }

    /** {@code 111111111111/eu-west-1/web}; a name may contain slashes. */
    @JsonValue
    public String text() {
        return account + "/" + region + "/" + name;
    }

    @Override
    public int compareTo(GroupKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return text();
    }
}
