package io.jenkins.plugins.amirefresh.model;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that was probably meant. */
public final class Suggestion {

    private static final int CLOSE_ENOUGH = 2;
    private static final int SHORT = 3;

    private Suggestion() {}

    /** ", did you mean 'x'?" for the nearest of {@code known}, or nothing if none is near. */
    public static String of(String name, Collection<String> known) {
        return nearest(name, known)
                .map(near -> ", did you mean '" + near + "'?")
                .orElse("");
    }

    /** The nearest of {@code known}, two letters off at most; upper and lower case and underscores do not count. */
    public static Optional<String> nearest(String name, Collection<String> known) {
        return known.stream()
                .filter(one -> distance(name, one) <= CLOSE_ENOUGH)
                .min(Comparator.comparingInt((String one) -> distance(name, one))
                        .thenComparing(one -> one));
    }

    /**
     * The one that a name is a slip of the pen for, when it is none of {@code known}. Names that differ in digits alone are
     * neighbours, and short ones differ by little, save where their letters are the same.
     */
    public static Optional<String> meant(String name, Collection<String> known) {
        int near = bare(name).length() <= SHORT ? 1 : CLOSE_ENOUGH;
        return nearest(
                name,
                known.stream()
                        .filter(one ->
                                distance(name, one) <= near || letters(name).equals(letters(one)))
                        .filter(one -> !one.replaceAll("\\d", "").equals(name.replaceAll("\\d", "")))
                        .toList());
    }

    /** Levenshtein's distance of the bare names; more than close enough when their lengths say so. */
    private static int distance(String left, String right) {
        String a = bare(left);
        String b = bare(right);
        if (Math.abs(a.length() - b.length()) > CLOSE_ENOUGH) {
            return CLOSE_ENOUGH + 1;
        }
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, Math.min(previous[j], row[j - 1]) + 1);
            }
            previous = row;
        }
        return previous[b.length()];
    }

    private static List<Integer> letters(String name) {
        return bare(name).chars().sorted().boxed().toList();
    }

    private static String bare(String name) {
        return name.replace("_", "").toLowerCase(Locale.ROOT);
    }
}
