package io.jenkins.plugins.amirefresh.simulator.kernel;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The known name that somebody who wrote another one may have meant. */
public final class Nearest {

    private static final int MOST_NAMED = 12;
    private static final int SHORTEST = 4;

    private Nearest() {}

    /** The nearest of the known names, empty when none resembles it. */
    public static Optional<String> of(String name, Collection<String> known) {
        int tolerated = Math.max(1, name.length() / 3);
        return known.stream()
                .filter(other -> distance(lower(name), lower(other)) <= tolerated)
                .min(Comparator.<String>comparingInt(other -> distance(lower(name), lower(other)))
                        .thenComparing(Comparator.naturalOrder()))
                .or(() -> longer(name, known));
    }

    /** The shortest name that has all its letters in their order: {@code DescribeGroups} lacks some. */
    private static Optional<String> longer(String name, Collection<String> known) {
        return known.stream()
                .filter(other -> name.length() >= SHORTEST && isWithin(lower(name), lower(other)))
                .min(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()));
    }

    private static boolean isWithin(String name, String other) {
        int found = 0;
        for (int i = 0; i < other.length() && found < name.length(); i++) {
            found += other.charAt(i) == name.charAt(found) ? 1 : 0;
        }
        return found == name.length();
    }

    /** For the end of a refusal: the nearest name, or all when they are few. */
    public static String cure(String name, Collection<String> known) {
        Optional<String> nearest = of(name, known);
        if (nearest.isPresent()) {
            return "did you mean '" + nearest.get() + "'?";
        }
        if (known.size() > MOST_NAMED) {
            return "there are " + known.size() + " others";
        }
        List<String> names = new ArrayList<>(known);
        names.sort(Comparator.naturalOrder());
        return names.isEmpty() ? "there is none" : "there are: " + String.join(", ", names);
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** How many letters have to be changed, added, removed or swapped with the next. */
    private static int distance(String one, String other) {
        int[][] steps = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                steps[i][j] = i == 0 || j == 0 ? i + j : least(steps, one, other, i, j);
            }
        }
        return steps[one.length()][other.length()];
    }

    private static int least(int[][] steps, String one, String other, int i, int j) {
        int change = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
        int least = Math.min(steps[i - 1][j - 1] + change, Math.min(steps[i - 1][j], steps[i][j - 1]) + 1);
        boolean isSwapped =
                i > 1 && j > 1 && one.charAt(i - 1) == other.charAt(j - 2) && one.charAt(i - 2) == other.charAt(j - 1);
        return isSwapped ? Math.min(least, steps[i - 2][j - 2] + 1) : least;
    }
}
