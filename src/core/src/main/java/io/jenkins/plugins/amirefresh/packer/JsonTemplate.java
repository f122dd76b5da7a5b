package io.jenkins.plugins.amirefresh.packer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.amirefresh.packer.PackerTemplate.Build;
import io.jenkins.plugins.amirefresh.packer.PackerTemplate.Provisioner;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Templates in the JSON of old, with {@code builders}. */
final class JsonTemplate {

    private static final Pattern USER_VARIABLE = Pattern.compile("\\{\\{\\s*user\\s+`([^`]+)`\\s*}}");

    private JsonTemplate() {}

    static PackerTemplate parse(Map<String, String> files) {
        if (files.size() != 1) {
            throw new IllegalArgumentException("a JSON template is one file, not " + String.join(", ", files.keySet()));
        }
        Map.Entry<String, String> file = files.entrySet().iterator().next();
        JsonNode root = read(file.getKey(), file.getValue());
        if (!root.path("builders").isArray()) {
            throw new IllegalArgumentException(
                    file.getKey() + ": a JSON template has a list 'builders'; this one has none");
        }
        Map<String, String> variables = new LinkedHashMap<>();
        root.path("variables")
                .properties()
                .forEach(entry -> variables.put(entry.getKey(), entry.getValue().asText("")));
        // A variable may be used and not declared; -var then gives its value.
        USER_VARIABLE.matcher(file.getValue()).results().forEach(use -> variables.putIfAbsent(use.group(1), ""));
        List<Provisioner> provisioners = new ArrayList<>();
        root.path("provisioners")
                .forEach(provisioner -> provisioners.add(new Provisioner(
                        provisioner.path("type").asText(),
                        strings(provisioner.path("only")),
                        strings(provisioner.path("except")),
                        true)));
        List<Build> builds = new ArrayList<>();
        root.path("builders").forEach(builder -> builds.add(build(builder, provisioners)));
        List<String> paths = new ArrayList<>();
        for (String part : List.of("builders", "provisioners", "post-processors")) {
            readMembers(PackerTemplate.PATH, root.path(part), paths);
        }
        List<String> outputs = new ArrayList<>();
        readMembers(PackerTemplate.OUTPUT, root.path("post-processors"), outputs);
        return new PackerTemplate(variables, builds, false, List.of(), paths, outputs);
    }

    private static void readMembers(Pattern names, JsonNode node, List<String> found) {
        node.properties().forEach(member -> {
            if (names.matcher(member.getKey()).matches()) {
                found.add(member.getValue().toString());
            }
        });
        node.forEach(child -> readMembers(names, child, found));
    }

    private static JsonNode read(String path, String text) {
        try {
            return JsonMapper.builder()
                    .enable(JsonParser.Feature.ALLOW_COMMENTS)
                    .build()
                    .readTree(text.startsWith("\uFEFF") ? text.substring(1) : text);
        } catch (JsonProcessingException e) {
            long line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw new IllegalArgumentException(path + ", line " + line + ": " + e.getOriginalMessage(), e);
        }
    }

    private static Build build(JsonNode builder, List<Provisioner> provisioners) {
        String type = builder.path("type").asText();
        String name = builder.path("name").asText(type);
        return new Build(
                name,
                name,
                type,
                expression(builder.path("region").asText("")),
                expression(builder.path("communicator").asText("")),
                provisioners);
    }

    /** The name with the user variables whose values are known; Packer does the same when it builds. */
    static String named(String name, Map<String, String> values) {
        return USER_VARIABLE
                .matcher(name)
                .replaceAll(use -> Matcher.quoteReplacement(values.getOrDefault("var." + use.group(1), use.group())));
    }

    /** In the notation of HCL2, so that one rule resolves both. */
    private static String expression(String text) {
        Matcher matcher = USER_VARIABLE.matcher(text);
        return matcher.matches() ? "var." + matcher.group(1) : text.contains("{{") ? text : '"' + text + '"';
    }

    private static List<String> strings(JsonNode array) {
        List<String> strings = new ArrayList<>();
        array.forEach(item -> strings.add(item.asText()));
        return List.copyOf(strings);
    }
}
