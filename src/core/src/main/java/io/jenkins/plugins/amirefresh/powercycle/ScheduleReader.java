package io.jenkins.plugins.amirefresh.powercycle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads schedules: JSON with {@code start} and {@code stop}, and what else a schedule says.
 *
 * @param zone of documents that name none
 * @param holidays of all documents, besides their own
 */
public record ScheduleReader(ZoneId zone, Holidays holidays) {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final List<String> MEMBERS = List.of(
            "start",
            "stop",
            "zone",
            "holidays",
            "min",
            "desired",
            "hibernate",
            "enforce",
            "after",
            "sizes",
            "description");
    private static final List<String> SIZE_MEMBERS = List.of("at", "min", "desired", "instanceType");
    private static final int MOST_INSTANCES = 10_000;

    /**
     * The schedule that a document holds.
     *
     * @throws IllegalArgumentException one line: what is wrong with it
     */
    public PowerSchedule read(String document) {
        JsonNode json = json(document);
        refuseUnknown(json, MEMBERS);
        text(json, "description");
        PowerSchedule schedule = new PowerSchedule(
                cron(json, "start"),
                cron(json, "stop"),
                text(json, "zone").map(ScheduleReader::zone).orElse(zone),
                holidays.and(Holidays.parse(texts(json, "holidays"))),
                number(json, "min"),
                number(json, "desired"),
                flag(json, "hibernate"),
                flag(json, "enforce"),
                List.copyOf(texts(json, "after")),
                sizes(json.path("sizes")));
        Integer desired = schedule.desired();
        if (desired != null && desired == 0) {
            throw new IllegalArgumentException("desired 0 starts nothing; leave it out to start with what it had");
        }
        if (schedule.start().toString().equals(schedule.stop().toString())) {
            throw new IllegalArgumentException("start and stop both come at '" + schedule.start() + "'");
        }
        return schedule;
    }

    private static JsonNode json(String document) {
        JsonNode json;
        try {
            json = MAPPER.readTree(document);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("it is no JSON: " + firstLine(e.getOriginalMessage()), e);
        }
        if (json == null || !json.isObject()) {
            throw new IllegalArgumentException(
                    "it is no JSON object such as {\"start\": \"0 8 * * 1-5\", \"stop\": \"55 17" + " * * 1-5\"}");
        }
        return json;
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("").replaceAll(" \\(.*", "");
    }

    private static void refuseUnknown(JsonNode json, List<String> known) {
        json.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw new IllegalArgumentException(
                        "it has a member '" + name + "'; there are " + String.join(", ", known));
            }
        });
    }

    private static CronExpression cron(JsonNode json, String member) {
        return text(json, member)
                .map(CronExpression::parse)
                .orElseThrow(() -> new IllegalArgumentException(
                        "its '" + member + "' is missing, a cron such as \"0 8 * * 1-5\""));
    }

    private static Optional<String> text(JsonNode json, String member) {
        JsonNode value = json.path(member);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        if (!value.isTextual() || value.asText().isBlank()) {
            throw new IllegalArgumentException("its '" + member + "' is " + value + " and not a text");
        }
        return Optional.of(value.asText());
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("zone '" + text + "' is not a time zone such as Europe/London", e);
        }
    }

    /** A list of texts, or one with commas between them. */
    private static Collection<String> texts(JsonNode json, String member) {
        JsonNode value = json.path(member);
        if (value.isMissingNode()) {
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        if (value.isArray()) {
            value.forEach(item -> texts.add(item.isTextual() ? item.asText().strip() : ""));
        } else if (value.isTextual()) {
            Arrays.stream(value.asText().split(",", -1)).map(String::strip).forEach(texts::add);
        }
        if (texts.contains("") || (texts.isEmpty() && !value.isArray())) {
            throw new IllegalArgumentException("its '" + member + "' is " + value + " and not a list of texts");
        }
        return Set.copyOf(texts).size() == texts.size() ? texts : new TreeSet<>(texts);
    }

    private static @Nullable Integer number(JsonNode json, String member) {
        JsonNode value = json.path(member);
        if (value.isMissingNode()) {
            return null;
        }
        boolean isNumber = value.isInt() || (value.isTextual() && value.asText().matches("[0-9]{1,5}"));
        int number = isNumber ? value.asInt() : -1;
        if (number < 0 || number > MOST_INSTANCES) {
            throw new IllegalArgumentException(
                    "its '" + member + "' is " + value + " and not a number from 0 to " + MOST_INSTANCES);
        }
        return number;
    }

    private static boolean flag(JsonNode json, String member) {
        JsonNode value = json.path(member);
        if (value.isMissingNode() || value.isBoolean()) {
            return value.asBoolean(false);
        }
        String word = value.isTextual() ? value.asText() : "";
        if (!word.equalsIgnoreCase("true") && !word.equalsIgnoreCase("false")) {
            throw new IllegalArgumentException("its '" + member + "' is " + value + " and neither true nor false");
        }
        return word.equalsIgnoreCase("true");
    }

    private static List<TimedSize> sizes(JsonNode list) {
        List<TimedSize> sizes = new ArrayList<>();
        if (!list.isMissingNode() && !list.isArray()) {
            throw new IllegalArgumentException("its 'sizes' is " + list + " and not a list");
        }
        for (JsonNode json : list) {
            if (!json.isObject()) {
                throw new IllegalArgumentException(
                        "one of its 'sizes' is " + json + " and not such as {\"at\": \"0 12 * * *\", \"min\": 1}");
            }
            refuseUnknown(json, SIZE_MEMBERS);
            TimedSize size = new TimedSize(
                    cron(json, "at"),
                    number(json, "min"),
                    number(json, "desired"),
                    text(json, "instanceType").orElse(""));
            boolean isOfGroup = size.min() != null || size.desired() != null;
            if (isOfGroup != size.instanceType().isEmpty()) {
                throw new IllegalArgumentException(
                        "one of its 'sizes' has to say either min and desired, of a group, or instanceType: " + json);
            }
            sizes.add(size);
        }
        return sizes;
    }
}
