package io.jenkins.plugins.amirefresh.plugin.host;

import io.jenkins.plugins.amirefresh.step.SlackPosts.Receipt;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;

/** When a service asks to be left alone for a while. */
final class RetryAfter {

    private RetryAfter() {}

    /**
     * Empty when the answer is final. Source: Slack API, "Rate limits": 429 with Retry-After in seconds, for webhooks as well;
     * PagerDuty, "Events API v2 overview: response codes and retry logic".
     */
    static Optional<Receipt> of(HttpResponse<String> response, String service) {
        int status = response.statusCode();
        if (status != 429 && status < 500) {
            return Optional.empty();
        }
        String after = response.headers().firstValue("Retry-After").orElse("");
        Duration wait = after.matches("[0-9]{1,6}") ? Duration.ofSeconds(Long.parseLong(after)) : Duration.ZERO;
        return Optional.of(new Receipt.Later(service + " answered " + status, wait));
    }

    /** A connection that never stood carried nothing. */
    static boolean hasCarriedNothing(Throwable cause) {
        return cause instanceof ConnectException
                || cause instanceof HttpConnectTimeoutException
                || cause instanceof UnresolvedAddressException;
    }
}
