package io.jenkins.plugins.amirefresh.aws;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What every adapter does with pages and with members that AWS leaves out. */
final class Pages {

    private Pages() {}

    /** Reads pages until there is no next token. */
    static <P> List<P> all(Function<@Nullable String, P> page, Function<P, @Nullable String> nextToken) {
        List<P> pages = new ArrayList<>();
        String token = null;
        do {
            P answer = page.apply(token);
            pages.add(answer);
            token = nextToken.apply(answer);
        } while (token != null && !token.isEmpty());
        return pages;
    }

    /** {@code items} in lists of at most {@code size}, in order and without repetition. */
    static <T> List<List<T>> of(Collection<T> items, int size) {
        List<T> distinct = items.stream().distinct().toList();
        List<List<T>> pages = new ArrayList<>();
        for (int from = 0; from < distinct.size(); from += size) {
            pages.add(distinct.subList(from, Math.min(distinct.size(), from + size)));
        }
        return pages;
    }

    /** The text, or the empty one. */
    static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    /** The number, or 0. */
    static int number(@Nullable Integer value) {
        return value == null ? 0 : value;
    }
}
