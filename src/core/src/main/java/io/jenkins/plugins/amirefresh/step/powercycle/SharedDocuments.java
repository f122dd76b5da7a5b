package io.jenkins.plugins.amirefresh.step.powercycle;

import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.journal.Json;
import io.jenkins.plugins.amirefresh.model.Place;
import io.jenkins.plugins.amirefresh.powercycle.ScheduleSource;
import io.jenkins.plugins.amirefresh.schedule.DurationText;
import io.jenkins.plugins.amirefresh.step.Probes.Answer;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.StepState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The documents that tags name instead of holding them: each is fetched once a run, however many resources share it. */
final class SharedDocuments {

    private static final String DOCUMENT = "document:";
    private static final String SINCE = "documents since";
    private static final int OK = 200;

    /** How long a parameter that AWS will not give just now is asked for again. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final StepHost host;
    private final PowerSettings settings;
    private StepState state;
    private boolean isComplete = true;

    /**
     * What came of one.
     *
     * @param problem empty when it came
     */
    private record Document(String text, String problem) {}

    SharedDocuments(StepHost host, PowerSettings settings, StepState before) {
        this.host = host;
        this.settings = settings;
        this.state = before;
    }

    StepState state() {
        return state;
    }

    /** Nothing is under way any more. */
    boolean isComplete() {
        return isComplete;
    }

    /** Asks for what is not known yet. */
    void fetch(Collection<PlacedValue> values) {
        for (PlacedValue value : values) {
            source(value.value()).ifPresent(source -> {
                String key = key(value.place(), value.account(), source);
                if (!key.isEmpty() && state.document(key).isEmpty()) {
                    Optional<Document> document = fetch(value.place(), source);
                    isComplete &= document.isPresent();
                    document.ifPresent(found -> state = state.with(key, Json.write(found)));
                }
            });
        }
    }

    /** A value that is none of them is the decider's to refuse. */
    private static Optional<ScheduleSource> source(String value) {
        try {
            return Optional.of(ScheduleSource.of(value));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String key(Place place, String account, ScheduleSource source) {
        if (source instanceof ScheduleSource.Shared shared) {
            return DOCUMENT + shared.uri();
        }
        return source instanceof ScheduleSource.Parameter parameter
                ? DOCUMENT + account + "/" + place.region() + "/" + parameter.name()
                : "";
    }

    private Optional<Document> fetch(Place place, ScheduleSource source) {
        return source instanceof ScheduleSource.Shared shared
                ? fetch(shared)
                : parameter(place, ((ScheduleSource.Parameter) source).name());
    }

    private Optional<Document> fetch(ScheduleSource.Shared shared) {
        if (!settings.allowedUrls().allow(shared.uri())) {
            return Optional.of(failed(
                    shared,
                    PowerCycle.ALLOW_URLS + " does not allow it: give its https address, or a beginning of it"));
        }
        return host.probes()
                .http(DOCUMENT + shared.uri(), shared.uri(), Map.of(), settings.documentTimeLimit())
                .map(answer -> read(shared, answer));
    }

    private Document read(ScheduleSource.Shared shared, Answer answer) {
        if (answer instanceof Answer.Http http) {
            int size = http.body().getBytes(StandardCharsets.UTF_8).length;
            if (http.status() != OK) {
                return failed(shared, "the answer was " + http.status());
            }
            return size > settings.documentSizeLimit()
                    ? failed(shared, "it is longer than " + settings.documentSizeLimit() / 1024 + " KiB")
                    : new Document(http.body(), "");
        }
        if (answer instanceof Answer.Silent) {
            return failed(shared, "nothing came within " + DurationText.of(settings.documentTimeLimit()));
        }
        String reason = answer instanceof Answer.NoAnswer refused
                ? refused.reason()
                : answer instanceof Answer.NotSent unsent ? unsent.reason() : "no HTTP answer";
        return failed(shared, reason);
    }

    private static Document failed(ScheduleSource.Shared shared, String why) {
        return new Document("", "Failed to load document " + shared.uri() + ": " + why);
    }

    private Optional<Document> parameter(Place place, String name) {
        try {
            String text =
                    host.cloud(place.access(), place.region()).parameterStore().value(name);
            return Optional.of(new Document(text, ""));
        } catch (CloudException e) {
            Instant now = host.clock().instant();
            Instant since = state.document(SINCE)
                    .map(json -> Json.read(json, Instant.class))
                    .orElse(now);
            state = state.with(SINCE, Json.write(since));
            return e.isTransient() && now.isBefore(since.plus(PATIENCE))
                    ? Optional.empty()
                    : Optional.of(new Document("", "Failed to load document ssm:" + name + ": " + e.getMessage()));
        }
    }

    /** The text that a source of a place gives. */
    Function<ScheduleSource, String> of(Place place, String account) {
        return source -> {
            if (source instanceof ScheduleSource.Inline inline) {
                return inline.document();
            }
            Document document =
                    state.read(key(place, account, source), Document.class).orElse(new Document("", "not fetched"));
            if (!document.problem().isEmpty()) {
                throw new IllegalArgumentException(document.problem());
            }
            return document.text();
        };
    }
}
