package io.jenkins.plugins.amirefresh.refresh;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** In which order old instances go and new ones come. */
public enum RefreshStrategy {
    /** AWS's own instance refresh, started and driven to its end. */
    INSTANCE_REFRESH("instance-refresh"),
    /** The replacements first, proven healthy, then the old instances go. */
    OUT_IN("out-in"),
    /** An old instance goes first, the group replaces it, then the next. */
    IN_OUT("in-out"),
    /** Batches, new before old or old before new as the minimum healthy percentage asks. */
    ROLLING("rolling"),
    /** One new instance first; the rest follows in batches when it has stayed healthy for a while. */
    CANARY("canary");

    private final String text;

    RefreshStrategy(String text) {
        this.text = text;
    }

    /** The strategy of this name, as parameters and tags spell it. */
    public static Optional<RefreshStrategy> parse(String text) {
        return Arrays.stream(values())
                .filter(strategy -> strategy.text.equals(text))
                .findFirst();
    }

    /** The names of all strategies. */
    public static List<String> names() {
        return Arrays.stream(values()).map(RefreshStrategy::text).toList();
    }

    /** The name in parameters, tags and reports. */
    @JsonValue
    public String text() {
        return text;
    }
}
