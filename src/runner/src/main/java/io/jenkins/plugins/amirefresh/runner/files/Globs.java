package io.jenkins.plugins.amirefresh.runner.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Ant's file patterns: {@code *} within a folder, {@code **} over folders, commas between patterns. */
public final class Globs {
    private Globs() {}

    /** Whether one pattern matches a path with forward slashes. */
    public static boolean matches(String pattern, String path) {
        return Pattern.matches(regex(pattern), path);
    }

    /** The files below {@code directory} that match any of the patterns and none of the excluded, sorted. */
    public static List<Path> find(Path directory, String includes, String excludes) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> matchesAny(includes, relative(directory, file)))
                    .filter(file -> !matchesAny(excludes, relative(directory, file)))
                    .sorted()
                    .toList();
        }
    }

    private static String relative(Path directory, Path file) {
        return directory.relativize(file).toString().replace('\\', '/');
    }

    private static boolean matchesAny(String patterns, String path) {
        return Stream.of(patterns.split(",", -1))
                .map(String::trim)
                .filter(pattern -> !pattern.isEmpty())
                .anyMatch(pattern -> matches(pattern, path));
    }

    private static String regex(String pattern) {
        String whole = pattern.endsWith("/") ? pattern + "**" : pattern;
        StringBuilder regex = new StringBuilder();
        int i = 0;
        while (i < whole.length()) {
            if (whole.startsWith("**/", i)) {
                regex.append("(?:.*/)?");
                i += 3;
            } else if (whole.startsWith("**", i)) {
                regex.append(".*");
                i += 2;
            } else {
                char c = whole.charAt(i);
                regex.append(c == '*' ? "[^/]*" : c == '?' ? "[^/]" : Pattern.quote(String.valueOf(c)));
                i++;
            }
        }
        return regex.toString();
    }
}
