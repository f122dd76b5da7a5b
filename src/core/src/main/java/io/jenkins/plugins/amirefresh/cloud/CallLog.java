package io.jenkins.plugins.amirefresh.cloud;

import io.jenkins.plugins.amirefresh.model.AccountId;
import io.jenkins.plugins.amirefresh.model.AwsRegion;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Hears of every call that asks AWS to change something, once AWS has answered or did not. */
@FunctionalInterface
public interface CallLog {

    /** Nobody listens. */
    CallLog NONE = call -> {};

    /** A call was made; the thread that made it waits. */
    void made(Made call);

    /**
     * A call.
     *
     * @param account null when it was not known yet
     * @param resource what it was about, for people; empty when about everything
     * @param requestId AWS's own, empty when nothing came back
     * @param error the refusal in one line, empty when AWS did as asked
     */
    record Made(
            Instant at,
            @Nullable AccountId account,
            AwsRegion region,
            String operation,
            String resource,
            String requestId,
            String error) {}
}
