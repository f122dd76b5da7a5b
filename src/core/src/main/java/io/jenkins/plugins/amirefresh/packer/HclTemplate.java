package io.jenkins.plugins.amirefresh.packer;

import io.jenkins.plugins.amirefresh.packer.PackerTemplate.Build;
import io.jenkins.plugins.amirefresh.packer.PackerTemplate.Provisioner;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Templates in HCL2. */
final class HclTemplate {

    private static final Hcl.Body NOTHING = new Hcl.Body(Map.of(), List.of());

    private final Map<String, String> variables = new LinkedHashMap<>();
    private final Map<String, Hcl.Body> sources = new LinkedHashMap<>();
    private final List<Build> builds = new ArrayList<>();
    private final List<String> unread = new ArrayList<>();
    private final List<String> paths = new ArrayList<>();
    private final List<String> outputs = new ArrayList<>();
    private boolean requiresPlugins;

    private HclTemplate() {}

    static PackerTemplate parse(Map<String, String> files) {
        List<Hcl.Body> bodies = new ArrayList<>();
        new TreeMap<>(files).forEach((path, text) -> bodies.add(body(path, text)));
        HclTemplate template = new HclTemplate();
        bodies.forEach(template::readDeclarations);
        bodies.forEach(file -> file.blocks("build").forEach(template::readBuild));
        bodies.forEach(file -> file.blocks("build")
                .forEach(build -> template.readPaths(build.body().blocks())));
        bodies.forEach(file -> template.readPaths(file.blocks("source").toList()));
        return new PackerTemplate(
                template.variables,
                template.builds,
                template.requiresPlugins,
                template.unread,
                template.paths,
                template.outputs);
    }

    private static Hcl.Body body(String path, String text) {
        try {
            return path.endsWith(".json") ? HclJson.parse(text) : Hcl.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(path + ", " + e.getMessage(), e);
        }
    }

    private void readDeclarations(Hcl.Body file) {
        requiresPlugins |= file.blocks("packer")
                .anyMatch(block ->
                        block.body().blocks("required_plugins").findAny().isPresent());
        file.blocks("variable")
                .forEach(block -> variables.put(
                        block.label(0), block.body().attribute("default").orElse("")));
        file.blocks("variables").forEach(block -> variables.putAll(block.body().attributes()));
        variables.replaceAll((name, written) ->
                written.equals("null") ? "" : Hcl.literal(written).orElse(written));
        file.blocks("source").forEach(block -> sources.put(block.label(0) + "." + block.label(1), block.body()));
    }

    private void readPaths(List<Hcl.Block> blocks) {
        for (Hcl.Block block : blocks) {
            block.body().attributes().forEach((name, expression) -> {
                if (PackerTemplate.PATH.matcher(name).matches()) {
                    paths.add(expression);
                } else if (PackerTemplate.OUTPUT.matcher(name).matches()) {
                    outputs.add(expression);
                }
            });
            readPaths(block.body().blocks());
        }
    }

    private void readBuild(Hcl.Block build) {
        Optional<String> name = literal(build.body(), "name", "");
        Optional<List<String>> named = build.body().strings("sources");
        if (name.isEmpty()) {
            unread.add("name = " + build.body().attribute("name").orElse(""));
        }
        if (named.isEmpty()) {
            unread.add("sources = " + build.body().attribute("sources").orElse(""));
        }
        build.body()
                .blocks("dynamic")
                .filter(block -> block.label(0).equals("source"))
                .forEach(block -> unread.add("dynamic \"source\""));
        String prefix =
                name.filter(text -> !text.isEmpty()).map(text -> text + ".").orElse("");
        List<Provisioner> provisioners = provisioners(build.body());
        named.orElse(List.of()).forEach(source -> add(prefix, source, NOTHING, provisioners));
        build.body().blocks("source").forEach(source -> add(prefix, source.label(0), source.body(), provisioners));
    }

    private static List<Provisioner> provisioners(Hcl.Body build) {
        return build.blocks().stream()
                .filter(block -> block.type().equals("provisioner")
                        || (block.type().equals("dynamic") && block.label(0).equals("provisioner")))
                .map(HclTemplate::provisioner)
                .toList();
    }

    /** A dynamic one may come to nothing, but a template that has it means to run it. */
    private static Provisioner provisioner(Hcl.Block block) {
        if (block.type().equals("dynamic")) {
            Hcl.Body content = block.body()
                    .blocks("content")
                    .map(Hcl.Block::body)
                    .findFirst()
                    .orElse(NOTHING);
            List<String> labels = block.body().strings("labels").orElse(List.of());
            return provisioner(labels.isEmpty() ? "dynamic" : labels.get(0), content);
        }
        return provisioner(block.label(0), block.body());
    }

    private static Provisioner provisioner(String type, Hcl.Body body) {
        Optional<List<String>> only = body.strings("only");
        Optional<List<String>> except = body.strings("except");
        return new Provisioner(
                type, only.orElse(List.of()), except.orElse(List.of()), only.isPresent() && except.isPresent());
    }

    private void add(String prefix, String written, Hcl.Body override, List<Provisioner> provisioners) {
        String source = written.startsWith("source.") ? written.substring("source.".length()) : written;
        String type = source.contains(".") ? source.substring(0, source.indexOf('.')) : source;
        Optional<String> local = literal(override, "name", "");
        String name = local.filter(text -> !text.isEmpty())
                .map(text -> type + "." + text)
                .orElse(source);
        if (local.isEmpty()) {
            unread.add("name = " + override.attribute("name").orElse(""));
        }
        builds.add(new Build(
                prefix + name,
                name,
                type,
                either(source, override, "region"),
                either(source, override, "communicator"),
                provisioners));
    }

    private String either(String source, Hcl.Body override, String attribute) {
        return override.attribute(attribute)
                .or(() -> sources.getOrDefault(source, NOTHING).attribute(attribute))
                .orElse("\"\"");
    }

    private static Optional<String> literal(Hcl.Body body, String attribute, String otherwise) {
        return body.attribute(attribute).map(Hcl::literal).orElse(Optional.of(otherwise));
    }
}
