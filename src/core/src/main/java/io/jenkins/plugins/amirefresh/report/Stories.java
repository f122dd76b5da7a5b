package io.jenkins.plugins.amirefresh.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.jenkins.plugins.amirefresh.journal.CheckResult;
import io.jenkins.plugins.amirefresh.journal.JournalEvent;
import io.jenkins.plugins.amirefresh.journal.JournalFact;
import io.jenkins.plugins.amirefresh.journal.Json;
import io.jenkins.plugins.amirefresh.journal.RunHistory;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * What the page shows of a group once somebody opens it, and what its timeline draws: lines, looks, calls and tests, moments in
 * seconds since 1970. As compressed JSON, since a large run has a hundred thousand of them and few are looked at.
 */
final class Stories {

    private static final Pattern INSTANCE = Pattern.compile("\\bi-[0-9a-f]+\\b");

    private final Map<GroupKey, Story> stories = new LinkedHashMap<>();
    private final Map<String, GroupKey> ofInstance = new HashMap<>();
    private final List<JournalEvent> others = new ArrayList<>();

    /** What happened to one group. */
    private static final class Story {
        private final List<JournalEvent> said = new ArrayList<>();
        private final List<JournalEvent> seen = new ArrayList<>();
        private final List<JournalEvent> calls = new ArrayList<>();
        private final List<JournalEvent> tests = new ArrayList<>();
    }

    private Stories(RunHistory history) {
        List<JournalEvent> calls = new ArrayList<>();
        for (JournalEvent event : history.events()) {
            JournalFact fact = event.fact();
            if (fact instanceof JournalFact.GroupSaid said) {
                of(said.group()).said.add(event);
                learn(said);
            } else if (fact instanceof JournalFact.GroupSeen look) {
                of(look.group()).seen.add(event);
            } else if (fact instanceof JournalFact.GroupTested test) {
                of(test.group()).tests.add(event);
            } else if (fact instanceof JournalFact.CallMade) {
                calls.add(event);
            }
        }
        calls.forEach(this::call);
    }

    /** The stories as the page holds them. */
    static String of(RunHistory history, List<GroupKey> rows) {
        return new Stories(history).packed(rows);
    }

    private Story of(GroupKey group) {
        return stories.computeIfAbsent(group, key -> new Story());
    }

    private void learn(JournalFact.GroupSaid said) {
        if (said.changes() != null) {
            for (String change : said.changes()) {
                Matcher instance = INSTANCE.matcher(change);
                while (instance.find()) {
                    ofInstance.put(instance.group(), said.group());
                }
            }
        }
    }

    private void call(JournalEvent event) {
        GroupKey group = event.fact() instanceof JournalFact.CallMade call ? group(call) : null;
        if (group == null) {
            others.add(event);
        } else {
            of(group).calls.add(event);
        }
    }

    private @Nullable GroupKey group(JournalFact.CallMade call) {
        GroupKey ofInstanceId = ofInstance.get(call.resource());
        if (ofInstanceId != null || call.account() == null || call.resource().isEmpty()) {
            return ofInstanceId;
        }
        String text = call.account() + "/" + call.region() + "/" + call.resource();
        return known(text);
    }

    private @Nullable GroupKey known(String text) {
        try {
            GroupKey key = GroupKey.parse(text);
            return stories.containsKey(key) ? key : null;
        } catch (IllegalArgumentException e) {
            // An image or a template: what it is about has no name that a group could have.
            return null;
        }
    }

    private String packed(List<GroupKey> rows) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(packed);
                JsonGenerator json = Json.mapper().createGenerator(zip)) {
            json.writeStartObject();
            json.writeArrayFieldStart("groups");
            for (GroupKey row : rows) {
                write(json, stories.getOrDefault(row, new Story()));
            }
            json.writeEndArray();
            json.writeArrayFieldStart("calls");
            for (JournalEvent call : others) {
                writeCall(json, call);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("packing the stories of groups", e);
        }
        return Base64.getEncoder().encodeToString(packed.toByteArray());
    }

    private static void write(JsonGenerator json, Story story) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("said");
        for (JournalEvent event : story.said) {
            writeLine(json, event);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("seen");
        for (JournalEvent event : story.seen) {
            writeLook(json, event);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("calls");
        for (JournalEvent event : story.calls) {
            writeCall(json, event);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("tests");
        for (JournalEvent event : story.tests) {
            writeTest(json, event);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writeLine(JsonGenerator json, JournalEvent event) throws IOException {
        if (event.fact() instanceof JournalFact.GroupSaid said) {
            Instant until = said.until();
            json.writeStartArray();
            json.writeNumber(event.at().getEpochSecond());
            json.writeString(said.line());
            json.writeNumber(until == null ? 0 : until.getEpochSecond());
            for (String change : said.changes() == null ? List.<String>of() : said.changes()) {
                json.writeString(change);
            }
            json.writeEndArray();
        }
    }

    private static void writeLook(JsonGenerator json, JournalEvent event) throws IOException {
        if (event.fact() instanceof JournalFact.GroupSeen look) {
            long[] figures = {
                event.at().getEpochSecond(),
                look.desired(),
                look.serving(),
                look.updated(),
                look.outdated(),
                look.floor()
            };
            json.writeArray(figures, 0, figures.length);
        }
    }

    private static void writeCall(JsonGenerator json, JournalEvent event) throws IOException {
        if (event.fact() instanceof JournalFact.CallMade call) {
            json.writeStartArray();
            json.writeNumber(event.at().getEpochSecond());
            json.writeString(call.operation());
            json.writeString(call.resource());
            json.writeString(call.requestId());
            json.writeString(call.error() == null ? "" : call.error());
            json.writeString(String.valueOf(call.account()) + " " + call.region());
            json.writeEndArray();
        }
    }

    private static void writeTest(JsonGenerator json, JournalEvent event) throws IOException {
        if (event.fact() instanceof JournalFact.GroupTested test) {
            json.writeStartArray();
            json.writeNumber(event.at().getEpochSecond());
            json.writeString(test.verdict().name());
            for (CheckResult check : test.checks()) {
                json.writeStartArray();
                json.writeString(check.verdict().name());
                json.writeString(check.name());
                json.writeString(check.subject());
                json.writeString(check.message());
                json.writeNumber(check.attempts());
                json.writeEndArray();
            }
            json.writeEndArray();
        }
    }
}
