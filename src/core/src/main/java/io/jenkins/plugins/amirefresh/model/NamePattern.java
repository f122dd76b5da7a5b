package io.jenkins.plugins.amirefresh.model;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Names as parameters give them: {@code *} stands for any letters, {@code ?} for one. */
public final class NamePattern {

    private static final int NEAREST = 3;

    private NamePattern() {}

    /** One of the patterns is the name, or fits it; upper and lower case differ. */
    public static boolean anyFits(List<String> patterns, String name) {
        return patterns.stream().anyMatch(pattern -> fits(pattern, name, 0));
    }

    /** One of the patterns is the name, or fits it; upper and lower case are equal. */
    public static boolean anyFitsIgnoringCase(List<String> patterns, String name) {
        return patterns.stream()
                .anyMatch(pattern -> fits(pattern, name, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE));
    }

    /** It stands for more than one name. */
    public static boolean isPattern(String name) {
        return name.contains("*") || name.contains("?");
    }

    private static boolean fits(String pattern, String name, int flags) {
        if (!isPattern(pattern)) {
            return flags == 0 ? pattern.equals(name) : pattern.equalsIgnoreCase(name);
        }
        String expression = Stream.of(pattern.split("(?<=[*?])|(?=[*?])"))
                .map(part -> part.equals("*") ? ".*" : part.equals("?") ? "." : Pattern.quote(part))
                .collect(Collectors.joining());
        return Pattern.compile(expression, flags).matcher(name).matches();
    }

    /** {@code prod, prod-eu, uat}: the names that are nearest to what was given, the nearest first; none for none. */
    public static String nearest(List<String> given, Stream<String> known) {
        List<String> names = known.filter(name -> !name.isEmpty()).distinct().toList();
        return names.isEmpty()
                ? "none"
                : names.stream()
                        .sorted(Comparator.comparingInt((String name) -> given.stream()
                                        .mapToInt(one -> distance(one.toLowerCase(Locale.ROOT), name))
                                        .min()
                                        .orElse(0))
                                .thenComparing(Comparator.naturalOrder()))
                        .limit(NEAREST)
                        .collect(Collectors.joining(", "));
    }

    /** Letters to add, leave out or change. */
    private static int distance(String given, String name) {
        String known = name.toLowerCase(Locale.ROOT);
        int[] before = new int[known.length() + 1];
        for (int j = 0; j < before.length; j++) {
            before[j] = j;
        }
        for (int i = 1; i <= given.length(); i++) {
            int[] now = new int[before.length];
            now[0] = i;
            for (int j = 1; j < now.length; j++) {
                int change = before[j - 1] + (given.charAt(i - 1) == known.charAt(j - 1) ? 0 : 1);
                now[j] = Math.min(change, 1 + Math.min(before[j], now[j - 1]));
            }
            before = now;
        }
        return before[known.length()];
    }
}
