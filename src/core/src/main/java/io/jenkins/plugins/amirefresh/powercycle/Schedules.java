package io.jenkins.plugins.amirefresh.powercycle;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The schedules that tags give, each read once however many resources share it, and what they want at one moment. */
public final class Schedules {

    private final ScheduleReader reader;
    private final Function<ScheduleSource, String> documents;
    private final Instant now;
    private final Map<String, Entry> byValue = new HashMap<>();

    /**
     * What came of a value.
     *
     * @param found null when there is no schedule
     * @param problem why there is none
     */
    private record Entry(@Nullable Found found, String problem) {}

    private record Found(PowerSchedule schedule, Wanted wanted) {}

    /** @param documents the text that a source gives; throws an IllegalArgumentException when there is none */
    public Schedules(ScheduleReader reader, Function<ScheduleSource, String> documents, Instant now) {
        this.reader = reader;
        this.documents = documents;
        this.now = now;
    }

    Instant now() {
        return now;
    }

    /**
     * The schedule that a tag's value gives.
     *
     * @throws IllegalArgumentException one line: why it gives none
     */
    public PowerSchedule of(String value) {
        return found(value).schedule();
    }

    /** That schedule waits for others. */
    public boolean isOrdered(String value) {
        Found found = byValue.computeIfAbsent(value, this::read).found();
        return found != null && !found.schedule().after().isEmpty();
    }

    /** What that schedule wants now. */
    Wanted wanted(String value) {
        return found(value).wanted();
    }

    private Found found(String value) {
        Entry entry = byValue.computeIfAbsent(value, this::read);
        Found found = entry.found();
        if (found == null) {
            throw new IllegalArgumentException(entry.problem());
        }
        return found;
    }

    private Entry read(String value) {
        try {
            PowerSchedule schedule = reader.read(documents.apply(ScheduleSource.of(value)));
            return new Entry(new Found(schedule, schedule.wantedAt(now)), "");
        } catch (IllegalArgumentException e) {
            return new Entry(null, String.valueOf(e.getMessage()));
        }
    }
}
