package io.jenkins.plugins.amirefresh.packer;

import io.jenkins.plugins.amirefresh.packer.PackerTemplate.Build;
import io.jenkins.plugins.amirefresh.packer.PackerTemplate.Provisioner;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Templates in HCL2. */
final class HclTemplate {

    private final Map<String, String> variables = new LinkedHashMap<>();
    private final Map<String, String> communicators = new LinkedHashMap<>();
    private final List<Build> builds = new ArrayList<>();
    private boolean requiresPlugins;

    private HclTemplate() {}

    static PackerTemplate parse(Map<String, String> files) {
        List<Hcl.Body> bodies = new ArrayList<>();
        new TreeMap<>(files).forEach((path, text) -> bodies.add(body(path, text)));
        HclTemplate template = new HclTemplate();
        bodies.forEach(template::readDeclarations);
        bodies.forEach(template::readBuilds);
        return new PackerTemplate(template.variables, template.builds, template.requiresPlugins);
    }

    private static Hcl.Body body(String path, String text) {
        try {
            return Hcl.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(path + ", " + e.getMessage(), e);
        }
    }

    private void readDeclarations(Hcl.Body file) {
        file.blocks("packer")
                .filter(block ->
                        block.body().blocks("required_plugins").findAny().isPresent())
                .forEach(block -> requiresPlugins = true);
        file.blocks("variable").forEach(block -> {
            String written = block.body().attribute("default").orElse("");
            variables.put(block.label(0), Hcl.literal(written).orElse(written));
        });
        file.blocks("variables").forEach(block -> block.body()
                .attributes()
                .forEach((name, written) ->
                        variables.put(name, Hcl.literal(written).orElse(written))));
        file.blocks("source")
                .forEach(block -> communicators.put(block.label(0) + "." + block.label(1), communicator(block.body())));
    }

    private void readBuilds(Hcl.Body file) {
        file.blocks("build").forEach(block -> {
            List<Provisioner> provisioners = block.body()
                    .blocks("provisioner")
                    .map(provisioner -> new Provisioner(
                            provisioner.label(0),
                            provisioner.body().strings("only"),
                            provisioner.body().strings("except")))
                    .toList();
            block.body().strings("sources").forEach(source -> add(source, "", provisioners));
            block.body()
                    .blocks("source")
                    .forEach(source -> add(source.label(0), communicator(source.body()), provisioners));
        });
    }

    private void add(String source, String overriddenCommunicator, List<Provisioner> provisioners) {
        String name = source.startsWith("source.") ? source.substring("source.".length()) : source;
        String type = name.contains(".") ? name.substring(0, name.indexOf('.')) : name;
        String communicator =
                overriddenCommunicator.isEmpty() ? communicators.getOrDefault(name, "") : overriddenCommunicator;
        builds.add(new Build(name, type, communicator, provisioners));
    }

    private static String communicator(Hcl.Body source) {
        String written = source.attribute("communicator").orElse("");
        return Hcl.literal(written).orElse(written);
    }
}
