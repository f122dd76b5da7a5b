package io.jenkins.plugins.amirefresh.simulator.kernel;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.zip.CRC32;

/**
 * Cuts a sorted list into pages with opaque tokens. A token names the last item given, so a list that changes between
 * two pages neither repeats nor skips what stayed; a token of another operation or a made-up one is refused.
 */
public final class Pages {

    private Pages() {}

    /**
     * One page.
     *
     * @param scope the operation and whatever a token must not be carried across, for example filters
     * @param items sorted by {@code key}, natural order
     * @param key unique per item
     * @param token from the request, empty for the first page
     * @param limit items a page, at least 1
     * @param invalidToken the service's refusal, for example {@code InvalidNextToken}
     */
    public static <T> Page<T> page(
            String scope,
            List<T> items,
            Function<? super T, String> key,
            Optional<String> token,
            int limit,
            Supplier<AwsError> invalidToken) {
        int from = token.map(text -> firstAfter(items, key, decode(scope, text, invalidToken)))
                .orElse(0);
        int to = (int) Math.min(items.size(), (long) from + limit);
        Optional<String> next =
                to < items.size() ? Optional.of(encode(scope, key.apply(items.get(to - 1)))) : Optional.empty();
        return new Page<>(List.copyOf(items.subList(from, to)), next);
    }

    private static <T> int firstAfter(List<T> items, Function<? super T, String> key, String last) {
        int low = 0;
        int high = items.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (key.apply(items.get(middle)).compareTo(last) > 0) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private static String encode(String scope, String last) {
        String text = Long.toHexString(checksum(scope, last)) + ":" + last;
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String decode(String scope, String token, Supplier<AwsError> invalidToken) {
        String text;
        try {
            text = new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            throw invalidToken.get();
        }
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw invalidToken.get();
        }
        String last = text.substring(colon + 1);
        if (!text.substring(0, colon).equals(Long.toHexString(checksum(scope, last)))) {
            throw invalidToken.get();
        }
        return last;
    }

    private static long checksum(String scope, String last) {
        CRC32 crc = new CRC32();
        crc.update((scope + '\n' + last).getBytes(StandardCharsets.UTF_8));
        return crc.getValue();
    }

    /**
     * A part of a list.
     *
     * @param next the token of the rest, empty on the last page
     */
    public record Page<T>(List<T> items, Optional<String> next) {}
}
