package io.jenkins.plugins.amirefresh.step.preflight;

import io.jenkins.plugins.amirefresh.step.parameters.ParameterException;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a group is refused for unless somebody takes it on: the words of the parameter {@code allow}. */
public enum Risk {
    /** A process that the strategy needs is suspended. */
    SUSPENDED_PROCESSES("suspendedProcesses"),
    /** The version the group shall launch cannot launch. */
    UNLAUNCHABLE_TARGET("unlaunchableTarget"),
    /** The version the group shall launch names a key pair, security group, instance profile or subnet that is gone. */
    MISSING_RESOURCES("missingResources"),
    /** The version the group shall launch differs in more than the image from the one it names. */
    OTHER_SETTINGS("otherSettings"),
    /** What the group would go back to cannot launch; where the refresh fails, it stays on what does. */
    NO_WAY_BACK("noWayBack"),
    /** Another service owns the group. */
    OWNED_GROUPS("ownedGroups"),
    /** The group has no room for all tags; the record of the way back stands in the run alone. */
    FREE_TAGS("freeTags"),
    /** AWS cannot roll an instance refresh back; it runs without {@code autoRollback}. */
    AUTO_ROLLBACK("autoRollback"),
    /** Hooks or draining may take longer than a time limit that was given. */
    TIME_LIMITS("timeLimits"),
    /** Subnets have too few addresses. */
    FREE_ADDRESSES("freeAddresses"),
    /** Capacity reservations have too little room. */
    CAPACITY_RESERVATIONS("capacityReservations");

    private final String word;

    Risk(String word) {
        this.word = word;
    }

    /** The word in a Jenkinsfile. */
    public String word() {
        return word;
    }

    /** All words. */
    public static List<String> words() {
        return Arrays.stream(values()).map(Risk::word).toList();
    }

    /** The words that mean something for a rollback: an image that is gone is not among them. */
    public static List<String> ofRollbacks() {
        return Stream.of(SUSPENDED_PROCESSES, MISSING_RESOURCES, TIME_LIMITS, FREE_ADDRESSES, CAPACITY_RESERVATIONS)
                .map(Risk::word)
                .toList();
    }

    /**
     * What these words take on.
     *
     * @throws ParameterException naming {@code parameter} for a word that is none
     */
    public static Set<Risk> parse(String parameter, Collection<String> words) {
        Set<Risk> risks = EnumSet.noneOf(Risk.class);
        for (String word : words) {
            risks.add(Arrays.stream(values())
                    .filter(risk -> risk.word.equals(word))
                    .findFirst()
                    .orElseThrow(() -> ParameterException.of(
                            parameter, word, "some of " + words().stream().collect(Collectors.joining(", ")))));
        }
        return risks;
    }
}
