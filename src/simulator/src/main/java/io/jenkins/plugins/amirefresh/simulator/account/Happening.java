package io.jenkins.plugins.amirefresh.simulator.account;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that others do to the account at a given moment: an API call of theirs.
 *
 * @param at when
 * @param by who, as it appears in the caller's ARN, for example {@code colleague}
 * @param account 12 digits
 * @param service the model's name, for example {@code autoscaling}
 * @param operation for example {@code SetDesiredCapacity}
 * @param input members under AWS's names
 */
public record Happening(
        int line,
        Instant at,
        String by,
        String account,
        String region,
        String service,
        String operation,
        @Nullable JsonNode input) {

    public Happening {
        by = Lists.or(by, "colleague");
        service = Lists.or(service, "autoscaling");
    }
}
