package io.jenkins.plugins.amirefresh.simulator.ec2.resources;

import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The filters that one Describe call knows. A filter's values are joined by OR, filters by AND; {@code *} and {@code ?}
 * are wildcards, a backslash takes their meaning away. Source: EC2 User Guide, "List and filter using the CLI and API".
 */
public final class Filters<T> {

    private final Map<String, Function<T, Stream<String>>> known = new LinkedHashMap<>();
    private final Function<T, Map<String, String>> tags;

    private Filters(Function<T, Map<String, String>> tags) {
        this.tags = tags;
    }

    /** Filters by tag alone. */
    public static <T> Filters<T> byTags(Function<T, Map<String, String>> tags) {
        return new Filters<>(tags);
    }

    /** Adds a filter on a property with one value. */
    public Filters<T> with(String name, Function<T, String> property) {
        return withAll(name, item -> Stream.of(property.apply(item)));
    }

    /** Adds a filter on a property with any number of values, of which one must fit. */
    public Filters<T> withAll(String name, Function<T, Stream<String>> property) {
        known.put(name, property);
        return this;
    }

    /**
     * What a request's Filters ask.
     *
     * @throws AwsError InvalidParameterValue for an unknown name
     */
    public Predicate<T> of(Input request) {
        Predicate<T> all = item -> true;
        for (Input filter : request.structures("Filters")) {
            all = all.and(one(filter.text("Name", ""), filter.texts("Values")));
        }
        return all;
    }

    private Predicate<T> one(String name, List<String> values) {
        if (values.size() > 200) {
            throw AwsError.client(
                    "FilterLimitExceeded", "The maximum number of filter values specified on a single call is 200");
        }
        List<Predicate<String>> patterns = values.stream().map(Filters::pattern).toList();
        Predicate<String> fits = text -> patterns.stream().anyMatch(pattern -> pattern.test(text));
        if (name.startsWith("tag:")) {
            String key = name.substring("tag:".length());
            return item -> {
                String value = tags.apply(item).get(key);
                return value != null && fits.test(value);
            };
        }
        if (name.equals("tag-key")) {
            return item -> tags.apply(item).keySet().stream().anyMatch(fits);
        }
        if (name.equals("tag-value")) {
            return item -> tags.apply(item).values().stream().anyMatch(fits);
        }
        Function<T, Stream<String>> property = known.get(name);
        if (property == null) {
            throw Errors.invalidValue("The filter '" + name + "' is invalid");
        }
        return item -> property.apply(item).anyMatch(fits);
    }

    /** The exact values that a filter of this name asks for, empty when it is absent or has wildcards. */
    public static Collection<String> exact(Input request, String name) {
        return request.structures("Filters").stream()
                .filter(filter -> filter.text("Name", "").equals(name))
                .findFirst()
                .map(filter -> filter.texts("Values"))
                .filter(values -> values.stream().noneMatch(Filters::hasWildcard))
                .orElse(List.of());
    }

    private static boolean hasWildcard(String value) {
        return value.indexOf('*') >= 0 || value.indexOf('?') >= 0 || value.indexOf('\\') >= 0;
    }

    private static Predicate<String> pattern(String value) {
        return hasWildcard(value) ? text -> matches(value, 0, text, 0) : value::equals;
    }

    private static boolean matches(String pattern, int patternFrom, String text, int textFrom) {
        int p = patternFrom;
        int t = textFrom;
        int star = -1;
        int mark = 0;
        while (t < text.length()) {
            boolean escaped = p + 1 < pattern.length() && pattern.charAt(p) == '\\';
            char wanted = p < pattern.length() ? pattern.charAt(escaped ? p + 1 : p) : 0;
            if (p < pattern.length() && !escaped && wanted == '*') {
                star = p++;
                mark = t;
            } else if (p < pattern.length() && (wanted == text.charAt(t) || (!escaped && wanted == '?'))) {
                p += escaped ? 2 : 1;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++mark;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }
}
