package io.jenkins.plugins.amirefresh.test.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * What is right of a rehearsal, as its users would judge it. Members that are absent are not looked at; unknown ones are an
 * error of the file.
 *
 * @param why what a user would call right
 * @param source where somebody reported the situation; null when it is our own
 * @param pipeline one of {@code pipelines/}, where several situations are of the same; null for the folder's own
 * @param arguments more arguments of {@code rehearse}
 * @param exit exit codes that are right
 * @param result the build's results that are right
 * @param verdict a pattern of the report's verdict, which is never better than the result
 * @param rows by name of the group
 * @param fleet by name of the group, as it stands at the end
 * @param defaults by name of the launch template, the images that its default version may have
 * @param console patterns that are found
 * @param notConsole patterns that are not
 * @param calls by operation, how many at most
 * @param slack what people were told
 */
record Expectation(
        String why,
        @Nullable String source,
        @Nullable String pipeline,
        @Nullable List<String> arguments,
        @Nullable Set<Integer> exit,
        @Nullable Set<String> result,
        @Nullable String verdict,
        @Nullable Map<String, Row> rows,
        @Nullable Map<String, Group> fleet,
        @Nullable Map<String, Set<String>> defaults,
        @Nullable List<String> console,
        @Nullable List<String> notConsole,
        @Nullable Map<String, Integer> calls,
        @Nullable Slack slack) {

    private static final ObjectReader READER =
            YAMLMapper.builder(new YAMLFactory()).build().readerFor(Expectation.class);
    private static final List<String> RESULTS = List.of("SUCCESS", "UNSTABLE", "FAILURE", "NOT_BUILT", "ABORTED");
    private static final List<String> TEMPORARY = List.of("ami-refresh:restore", "ami-refresh:lease:");

    /** The report's row. Patterns are of its reason, {@code endedBy} is UTC. {@code mayLack}: no row is right, too. */
    record Row(
            boolean mayLack,
            @Nullable Set<String> outcome,
            @Nullable Integer lowestHealthyAtLeast,
            @Nullable String endedBy,
            @Nullable List<String> reason,
            @Nullable List<String> notReason) {}

    /** The group. {@code left} names temporary tags that stay on purpose, {@code notTags} other tags that it may not have. */
    record Group(
            @Nullable Set<String> onlyImages,
            @Nullable Set<String> launches,
            @Nullable Integer inService,
            @Nullable Integer serving,
            @Nullable Integer min,
            @Nullable Integer desired,
            @Nullable Integer max,
            @Nullable Set<String> suspended,
            @Nullable Set<String> left,
            @Nullable Set<String> notTags) {}

    /** The channels that may hear, and the color of the last message. */
    record Slack(@Nullable Set<String> channels, @Nullable String lastColor) {}

    static Expectation of(Path file) throws IOException {
        return READER.readValue(file.toFile());
    }

    /** What is not right, a line each. */
    List<String> wrong(Rehearsal run) throws IOException {
        List<String> wrong = new ArrayList<>();
        among(wrong, "exit code", exit, run.exitCode());
        String ended = run.report().path("result").asText();
        among(wrong, "result", result, ended);
        verdict(wrong, ended, run.report().path("verdict").asText());
        rows(wrong, run.groups());
        JsonNode ends = run.fleet();
        Set<String> unseen = new TreeSet<>(orEmpty(fleet).keySet());
        for (JsonNode group : ends.path("groups")) {
            String name = group.path("autoScalingGroupName").asText();
            unseen.remove(name);
            Group right = orEmpty(fleet).get(name);
            left(wrong, name, group, right == null || right.left() == null ? Set.of() : right.left());
            if (right != null) {
                group(wrong, name, right, group);
            }
        }
        unseen.forEach(name -> wrong.add(name + ": not in fleet.json"));
        defaults(wrong, ends);
        each(
                console,
                pattern -> !found(pattern, run.output()),
                pattern -> wrong.add("console lacks /" + pattern + "/"));
        each(
                notConsole,
                pattern -> found(pattern, run.output()),
                pattern -> wrong.add("console has /" + pattern + "/"));
        for (var most : orEmpty(calls).entrySet()) {
            long made = run.calls().stream()
                    .filter(call -> call.path("operation").asText().equals(most.getKey()))
                    .count();
            if (made > most.getValue()) {
                wrong.add(most.getKey() + " was called " + made + " times, right is " + most.getValue() + " at most");
            }
        }
        if (slack != null) {
            slack(wrong, slack, run.slack());
        }
        return wrong;
    }

    private void verdict(List<String> wrong, String ended, String is) {
        if (RESULTS.indexOf(is.replaceAll(":.*", "")) < RESULTS.indexOf(ended)) {
            wrong.add("the verdict '" + is + "' is better than the build's own " + ended);
        }
        each(
                verdict == null ? null : List.of(verdict),
                pattern -> !found(pattern, is),
                pattern -> wrong.add("the verdict '" + is + "' lacks /" + pattern + "/"));
    }

    private static void slack(List<String> wrong, Slack right, List<JsonNode> posts) {
        posts.forEach(post -> among(
                wrong,
                "a channel",
                right.channels(),
                post.path("channel").asText().replaceFirst("^#", "")));
        if (right.lastColor() != null) {
            JsonNode last = posts.isEmpty() ? MissingNode.getInstance() : posts.get(posts.size() - 1);
            String color = last.path("attachments").path(0).path("color").asText();
            among(wrong, "the last message's color", Set.of(right.lastColor()), color);
        }
    }

    private void rows(List<String> wrong, List<JsonNode> all) {
        for (var right : orEmpty(rows).entrySet()) {
            List<JsonNode> found = all.stream()
                    .filter(row -> row.path("autoScalingGroupName").asText().equals(right.getKey()))
                    .toList();
            if (found.size() == 1) {
                row(wrong, right.getKey(), right.getValue(), found.get(0));
            } else if (!found.isEmpty() || !right.getValue().mayLack()) {
                wrong.add(right.getKey() + ": " + found.size() + " rows");
            }
        }
    }

    private static void row(List<String> wrong, String name, Row right, JsonNode row) {
        String reason = row.path("reason").asText();
        String outcome = row.path("outcome").asText();
        among(wrong, name + " (" + reason + ")", right.outcome(), outcome);
        Integer least = right.lowestHealthyAtLeast();
        if (least != null
                && row.hasNonNull("lowestHealthy")
                && row.path("lowestHealthy").asInt() < least) {
            wrong.add(name + ": healthy fell to " + row.path("lowestHealthy") + ", right is " + least + " at least");
        }
        String by = right.endedBy();
        if (by != null && Instant.parse(row.path("endedAt").asText()).isAfter(Instant.parse(by))) {
            wrong.add(name + ": ended at " + row.path("endedAt").asText() + ", right is " + by + " at the latest");
        }
        each(
                right.reason(),
                one -> !found(one, reason),
                one -> wrong.add(name + ": '" + reason + "' lacks /" + one + "/"));
        each(
                right.notReason(),
                one -> found(one, reason),
                one -> wrong.add(name + ": '" + reason + "' has /" + one + "/"));
    }

    private static void group(List<String> wrong, String name, Group right, JsonNode group) {
        List<JsonNode> instances = list(group.path("instances"));
        Set<String> images = new TreeSet<>();
        instances.forEach(instance -> images.add(instance.path("imageName").asText()));
        if (right.onlyImages() != null && !right.onlyImages().containsAll(images)) {
            wrong.add(name + ": instances run " + images + ", right is " + right.onlyImages());
        }
        orEmpty(right.notTags()).stream()
                .filter(group.path("tags")::has)
                .forEach(tag -> wrong.add(name + ": has the tag " + tag));
        among(
                wrong,
                name + " launches",
                right.launches(),
                group.path("launches").asText());
        long inService = instances.stream()
                .filter(instance -> instance.path("lifecycleState").asText().equals("InService"))
                .count();
        long serving = instances.stream()
                .filter(instance -> instance.path("serving").asBoolean())
                .count();
        same(wrong, name + " in service", right.inService(), inService);
        same(wrong, name + " serving", right.serving(), serving);
        same(wrong, name + " min", right.min(), group.path("min").asLong());
        same(wrong, name + " desired", right.desired(), group.path("desired").asLong());
        same(wrong, name + " max", right.max(), group.path("max").asLong());
        Set<String> suspended = new TreeSet<>();
        group.path("suspendedProcesses").forEach(process -> suspended.add(process.asText()));
        if (right.suspended() != null && !right.suspended().equals(suspended)) {
            wrong.add(name + ": suspended are " + suspended + ", right is " + right.suspended());
        }
    }

    /** What is temporary is gone when a run has ended, whatever became of it. */
    private static void left(List<String> wrong, String name, JsonNode group, Set<String> onPurpose) {
        group.path("tags").fieldNames().forEachRemaining(tag -> {
            if (TEMPORARY.stream().anyMatch(tag::startsWith) && !onPurpose.contains(tag)) {
                wrong.add(name + ": the tag " + tag + " is left");
            }
        });
    }

    private void defaults(List<String> wrong, JsonNode ends) {
        Set<String> unseen = new TreeSet<>(orEmpty(defaults).keySet());
        for (JsonNode template : ends.path("launchTemplates")) {
            String name = template.path("name").asText();
            unseen.remove(name);
            among(
                    wrong,
                    name + "'s default",
                    orEmpty(defaults).get(name),
                    template.path("defaultImageName").asText());
        }
        unseen.forEach(name -> wrong.add(name + ": no such template in fleet.json"));
    }

    private static void among(List<String> wrong, String what, @Nullable Set<?> right, Object is) {
        if (right != null && !right.contains(is)) {
            wrong.add(what + " is '" + is + "', right is " + right);
        }
    }

    private static void same(List<String> wrong, String what, @Nullable Integer right, long is) {
        if (right != null && right != is) {
            wrong.add(what + " is " + is + ", right is " + right);
        }
    }

    private static void each(@Nullable List<String> patterns, Predicate<String> holds, Consumer<String> then) {
        if (patterns != null) {
            patterns.stream().filter(holds).forEach(then);
        }
    }

    private static boolean found(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).find();
    }

    private static Set<String> orEmpty(@Nullable Set<String> set) {
        return set == null ? Set.of() : set;
    }

    private static <V> Map<String, V> orEmpty(@Nullable Map<String, V> map) {
        return map == null ? Map.of() : map;
    }

    private static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }
}
