package io.jenkins.plugins.amirefresh.step.parameters;

import io.jenkins.plugins.amirefresh.model.Suggestion;
import java.lang.reflect.Array;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The values a pipeline gave a step: checked against its {@link ParameterSpec}s, plain and immutable. */
public final class Parameters {

    private static final Pattern SHORT_DURATION = Pattern.compile("([0-9]{1,9})\\s*(s|m|h|d)");

    /** Further away no clock can count, and nobody waits. */
    private static final Duration LONGEST = Duration.ofDays(3650);

    private static final String NO_VALUE = "null is not allowed; give a value, or leave it out; is a variable not set?";

    private final Map<String, Object> values;

    private Parameters(Map<String, Object> values) {
        this.values = values;
    }

    /**
     * Reads what a pipeline gave.
     *
     * @param given values as Groovy made them; a null is refused, but counts as not given of what only tells
     * @throws ParameterException for an unknown or missing parameter, or a value of the wrong kind
     */
    public static Parameters parse(String step, List<ParameterSpec> specs, Map<String, ?> given) {
        Map<String, ParameterSpec> byName = new LinkedHashMap<>();
        specs.forEach(spec -> byName.put(spec.name(), spec));
        for (String name : given.keySet()) {
            if (!byName.containsKey(name)) {
                throw unknown(step, specs, name);
            }
        }
        Map<String, Object> values = new LinkedHashMap<>();
        for (ParameterSpec spec : specs) {
            Object value = listed(given.get(spec.name()));
            if (given.containsKey(spec.name()) && spec.refuses(value)) {
                throw ParameterException.about(spec.name(), NO_VALUE);
            }
            Object converted = value == null ? null : convert(spec, value);
            if (converted != null
                    && !(spec.type() == ParameterType.LIST && List.of().equals(converted))) {
                values.put(spec.name(), converted);
            } else if (spec.required()) {
                throw new ParameterException(step + " needs the parameter '" + spec.name() + "': " + spec.help());
            }
        }
        return new Parameters(Collections.unmodifiableMap(values));
    }

    /** The refusal of a parameter that the step does not have. */
    public static ParameterException unknown(String step, List<ParameterSpec> specs, String name) {
        List<String> names = specs.stream().map(ParameterSpec::name).toList();
        return new ParameterException(step + " has no parameter '" + name + "'" + Suggestion.of(name, names)
                + "; it takes " + String.join(", ", names));
    }

    /** The given values in plain types: what a host saves and gives back to {@link #parse}. */
    public Map<String, Object> asMap() {
        return values;
    }

    /** A text, size, choice, or a number that may be a choice; empty when not given, or given as empty text. */
    public Optional<String> text(String name) {
        return Optional.ofNullable((String) values.get(name)).filter(text -> !text.isBlank());
    }

    /** A whole number. */
    public Optional<Integer> integer(String name) {
        return Optional.ofNullable((Integer) values.get(name));
    }

    /** A boolean; false when not given. */
    public boolean flag(String name) {
        return Boolean.TRUE.equals(values.get(name));
    }

    /** A duration. */
    public Optional<Duration> duration(String name) {
        return Optional.ofNullable((String) values.get(name)).map(Duration::parse);
    }

    /**
     * A duration within which something has to be done.
     *
     * @throws ParameterException when it is none at all
     */
    public Optional<Duration> limit(String name) {
        Optional<Duration> given = duration(name);
        if (given.filter(Duration::isZero).isPresent()) {
            throw ParameterException.of(name, given.get(), "more than nothing, such as '30m'");
        }
        return given;
    }

    /** A list of texts; empty when not given. */
    @SuppressWarnings("unchecked")
    public List<String> list(String name) {
        return (List<String>) values.getOrDefault(name, List.of());
    }

    /** A map; empty when not given. */
    @SuppressWarnings("unchecked")
    public Map<String, Object> map(String name) {
        return (Map<String, Object>) values.getOrDefault(name, Map.of());
    }

    /** A list of maps; empty when not given. */
    @SuppressWarnings("unchecked")
    public List<Map<String, Object>> maps(String name) {
        return (List<Map<String, Object>>) values.getOrDefault(name, List.of());
    }

    /**
     * A duration as parameters spell it.
     *
     * @throws ParameterException naming {@code parameter} when it is none
     */
    public static Duration parseDuration(String parameter, Object value) {
        Duration duration = duration(parameter, value);
        if (duration.compareTo(LONGEST) > 0) {
            throw ParameterException.of(parameter, value, "at most " + LONGEST.toDays() + "d, which is for ever here");
        }
        return duration;
    }

    private static Duration duration(String parameter, Object value) {
        String text = value.toString().trim();
        Matcher matcher = SHORT_DURATION.matcher(text.toLowerCase(Locale.ROOT));
        if (text.matches("[0-9]{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        if (matcher.matches()) {
            long amount = Long.parseLong(matcher.group(1));
            return switch (matcher.group(2)) {
                case "s" -> Duration.ofSeconds(amount);
                case "m" -> Duration.ofMinutes(amount);
                case "h" -> Duration.ofHours(amount);
                default -> Duration.ofDays(amount);
            };
        }
        try {
            Duration duration = Duration.parse(text);
            if (!duration.isNegative()) {
                return duration;
            }
        } catch (DateTimeParseException e) {
            // Refused below, with the forms that are allowed: the parser's own message names none.
        }
        throw ParameterException.of(
                parameter, value, "a duration such as '15m', '4h', 'PT90S', or a number of seconds");
    }

    /** An array, as {@code split} makes one, is a list as well. */
    private static @Nullable Object listed(@Nullable Object value) {
        if (value == null || !value.getClass().isArray()) {
            return value;
        }
        List<Object> items = new ArrayList<>();
        for (int i = 0; i < Array.getLength(value); i++) {
            items.add(Array.get(value, i));
        }
        return Collections.unmodifiableList(items);
    }

    private static Object convert(ParameterSpec spec, Object value) {
        return switch (spec.type()) {
            case TEXT -> scalar(spec, value);
            case INTEGER -> integer(spec, value);
            case SIZE -> size(spec, value);
            case INTEGER_OR_CHOICE -> integerOrChoice(spec, value);
            case BOOLEAN -> bool(spec, value);
            case DURATION -> parseDuration(spec.name(), value).toString();
            case CHOICE -> choice(spec, value);
            case LIST -> texts(spec, value);
            case MAP -> map(spec, value);
            case LIST_OF_MAPS -> maps(spec, value);
        };
    }

    private static String scalar(ParameterSpec spec, Object value) {
        if (value instanceof Map || value instanceof Iterable) {
            throw ParameterException.of(spec.name(), value, "a text");
        }
        return value.toString();
    }

    private static Object integer(ParameterSpec spec, Object value) {
        String text = value.toString().trim();
        if (!text.matches("-?[0-9]{1,9}")) {
            throw ParameterException.of(spec.name(), value, "a whole number");
        }
        return Integer.parseInt(text);
    }

    private static Object size(ParameterSpec spec, Object value) {
        String text = value.toString().trim();
        if (!text.matches("[0-9]{1,9}%?")) {
            throw ParameterException.of(spec.name(), value, "a whole number, or a percentage such as '25%'");
        }
        return text;
    }

    private static Object integerOrChoice(ParameterSpec spec, Object value) {
        String text = value.toString().trim();
        if (!text.matches("[0-9]{1,9}") && !spec.choices().contains(text)) {
            throw ParameterException.of(
                    spec.name(), value, "a whole number, or '" + String.join("', '", spec.choices()) + "'");
        }
        return text;
    }

    private static Object bool(ParameterSpec spec, Object value) {
        return switch (value.toString().trim().toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw ParameterException.of(spec.name(), value, "true or false");
        };
    }

    private static Object choice(ParameterSpec spec, Object value) {
        String text = value.toString().trim();
        if (!spec.choices().contains(text)) {
            throw ParameterException.of(spec.name(), value, "one of " + String.join(", ", spec.choices()));
        }
        return text;
    }

    /** A blank text says nothing, as an empty field of a form, except where nothing would select all. */
    private static Object texts(ParameterSpec spec, Object value) {
        List<String> texts = new ArrayList<>();
        if (value instanceof Iterable<?> items) {
            items.forEach(
                    item -> texts.add(scalar(spec, item == null ? "" : item).trim()));
            boolean isLost = texts.isEmpty() && !spec.isNoneByDefault();
            if (isLost || texts.contains("")) {
                throw ParameterException.of(
                        spec.name(),
                        value,
                        "a list without empty entries, or leave it out; is a variable in it not set?");
            }
            return List.copyOf(texts);
        }
        String text = scalar(spec, value);
        List.of(text.split(",")).forEach(item -> texts.add(item.trim()));
        texts.removeIf(String::isEmpty);
        if (texts.isEmpty() && (selectsAll(spec) || !text.isBlank())) {
            throw ParameterException.of(
                    spec.name(),
                    value,
                    "names with commas between them" + (selectsAll(spec) ? ", or leave it out for all" : ""));
        }
        return List.copyOf(texts);
    }

    private static Object maps(ParameterSpec spec, Object value) {
        if (!(value instanceof Iterable<?> items)) {
            throw ParameterException.of(spec.name(), value, "a list of maps" + keys(spec));
        }
        List<Object> maps = new ArrayList<>();
        items.forEach(item -> maps.add(map(spec, item == null ? "" : item)));
        return List.copyOf(maps);
    }

    private static Map<String, Object> map(ParameterSpec spec, Object value) {
        if (!(value instanceof Map<?, ?> given)) {
            throw ParameterException.of(spec.name(), value, "a map" + keys(spec));
        }
        if (given.isEmpty() && spec.type() == ParameterType.MAP && selectsAll(spec)) {
            throw ParameterException.of(spec.name(), "[:]", "a map" + keys(spec) + ", or leave it out for all");
        }
        Map<String, Object> map = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : given.entrySet()) {
            String key = String.valueOf(entry.getKey());
            if (!spec.choices().isEmpty() && !spec.choices().contains(key)) {
                throw ParameterException.of(
                        spec.name() + "." + key,
                        entry.getValue(),
                        "only the keys " + String.join(", ", spec.choices()) + Suggestion.of(key, spec.choices()));
            }
            String path = spec.name() + "." + key;
            if (spec.refuses(entry.getValue())) {
                throw ParameterException.about(path, NO_VALUE);
            }
            if (entry.getValue() != null) {
                map.put(key, plain(path, entry.getValue()));
            }
        }
        return Collections.unmodifiableMap(map);
    }

    private static boolean selectsAll(ParameterSpec spec) {
        return spec.isGuard() && !spec.isNoneByDefault();
    }

    private static String keys(ParameterSpec spec) {
        return spec.choices().isEmpty() ? " of names to values" : " with " + String.join(", ", spec.choices());
    }

    private static Object plain(String path, @Nullable Object given) {
        Object value = listed(given);
        if (value == null) {
            throw ParameterException.about(path, NO_VALUE);
        }
        if (value instanceof Map<?, ?> entries) {
            Map<String, Object> map = new LinkedHashMap<>();
            entries.forEach((key, item) -> map.put(String.valueOf(key), plain(path + "." + key, item)));
            return Collections.unmodifiableMap(map);
        }
        if (value instanceof Iterable<?> items) {
            List<Object> list = new ArrayList<>();
            items.forEach(item -> list.add(plain(path, item)));
            return List.copyOf(list);
        }
        return value instanceof Number || value instanceof Boolean ? value : value.toString();
    }
}
