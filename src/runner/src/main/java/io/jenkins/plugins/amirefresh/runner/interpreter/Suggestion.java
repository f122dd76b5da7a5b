package io.jenkins.plugins.amirefresh.runner.interpreter;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Finds the name that was probably meant. */
public final class Suggestion {
    private static final int CLOSE_ENOUGH = 2;

    private Suggestion() {}

    /** ", did you mean 'x'?" for the nearest of {@code known}, or nothing if none is near. */
    public static String of(String name, Collection<String> known) {
        return known.stream()
                .filter(k -> distance(name, k) <= CLOSE_ENOUGH)
                .min(Comparator.comparingInt((String k) -> distance(name, k)).thenComparing(k -> k))
                .map(k -> ", did you mean '" + k + "'?")
                .orElse("");
    }

    /** Levenshtein's distance, ignoring case. */
    private static int distance(String left, String right) {
        String a = left.toLowerCase(Locale.ROOT);
        String b = right.toLowerCase(Locale.ROOT);
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
}
