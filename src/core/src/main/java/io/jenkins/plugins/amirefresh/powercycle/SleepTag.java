package io.jenkins.plugins.amirefresh.powercycle;

import io.jenkins.plugins.amirefresh.model.Capacity;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a group says of itself while it is asleep by its schedule: {@code asleep min=2 desired=4 max=8
 * since=2026-03-02T17:55:00Z}. Written before its sizes are changed and removed after they are back, so that whoever finds
 * it knows them. A group that was woken out of its hours says until when: {@code woken min=2 desired=4 max=8 until=...}.
 *
 * @param capacity what it had
 * @param since when its schedule last wanted it to be off; of a group that was woken, until when
 */
public record SleepTag(Phase phase, Capacity capacity, Instant since) {

    /** The tag's name. */
    public static final String NAME = "ami-refresh:power";

    private static final Pattern FORM =
            Pattern.compile("(stopping|asleep|starting|woken) min=([0-9]{1,9}) desired=([0-9]{1,9}) max=([0-9]{1,9})"
                    + " (?:since|until)=(\\S+)");

    /** How far the change is. */
    public enum Phase {
        /** Its sizes are being taken to zero. */
        STOPPING,
        /** They are zero. */
        ASLEEP,
        /** They are being put back. */
        STARTING,
        /** They are back for a time, although its schedule wants it to be off. */
        WOKEN
    }

    /** The tag among a group's tags, empty when it has none or one that cannot be read. */
    public static Optional<SleepTag> of(Map<String, String> tags) {
        Matcher matcher = FORM.matcher(tags.getOrDefault(NAME, ""));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new SleepTag(
                    Phase.valueOf(matcher.group(1).toUpperCase(Locale.ROOT)),
                    new Capacity(number(matcher, 2), number(matcher, 3), number(matcher, 4)),
                    Instant.parse(matcher.group(5))));
        } catch (IllegalArgumentException | DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static int number(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }

    /** The same, further on. */
    public SleepTag as(Phase next) {
        return new SleepTag(next, capacity, since);
    }

    /** The tag's value. */
    public String text() {
        return phase.name().toLowerCase(Locale.ROOT) + " min=" + capacity.min() + " desired=" + capacity.desired()
                + " max=" + capacity.max() + (phase == Phase.WOKEN ? " until=" : " since=") + since;
    }
}
