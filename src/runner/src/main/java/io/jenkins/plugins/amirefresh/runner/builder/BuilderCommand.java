package io.jenkins.plugins.amirefresh.runner.builder;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.amirefresh.packer.PackerTemplate;
import io.jenkins.plugins.amirefresh.packer.PackerVariables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A command line of Packer, read.
 *
 * @param name {@code version}, {@code init}, {@code inspect}, {@code validate} or {@code build}
 * @param variables given values over the template's defaults
 * @param build the build that runs, {@code amazon-ebs.rehearsal}
 */
record BuilderCommand(String name, Map<String, String> variables, String build) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** @throws IllegalArgumentException when a variable file or the template cannot be read, with one line */
    static BuilderCommand parse(List<String> command, Path workspace, Map<String, String> environment) {
        String name = command.size() > 1 ? command.get(1) : "";
        if (!Set.of("inspect", "validate", "build").contains(name)) {
            return new BuilderCommand(name, Map.of(), "");
        }
        PackerTemplate template = template(workspace.resolve(command.get(command.size() - 1)));
        Map<String, String> variables = new LinkedHashMap<>(template.variables());
        variables.replaceAll((variable, byDefault) -> environment.getOrDefault("PKR_VAR_" + variable, byDefault));
        String only = "";
        for (int i = 2; i < command.size() - 1; i++) {
            String word = command.get(i);
            if (word.startsWith("-only=")) {
                only = word.substring("-only=".length());
            } else if (word.startsWith("-var-file=")) {
                variables.putAll(variablesFile(workspace, word.substring("-var-file=".length())));
            } else if (word.equals("-var")) {
                i++;
                String value = command.get(i);
                variables.put(value.substring(0, value.indexOf('=')), value.substring(value.indexOf('=') + 1));
            }
        }
        return new BuilderCommand(name, variables, name.equals("inspect") ? "" : build(template, only));
    }

    private static Map<String, String> variablesFile(Path workspace, String path) {
        try {
            return PackerVariables.parse(path, Files.readString(workspace.resolve(path)));
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read the variables file " + path, e);
        }
    }

    private static String build(PackerTemplate template, String only) {
        List<String> names = template.builds().stream()
                .filter(build -> only.isEmpty() || build.name().equals(only))
                .filter(build -> build.type().equals("amazon-ebs"))
                .map(PackerTemplate.Build::name)
                .toList();
        if (names.isEmpty()) {
            throw new IllegalArgumentException(
                    "the simulator's builder runs builds of type amazon-ebs; the template has none"
                            + (only.isEmpty() ? "" : " named " + only));
        }
        return names.get(0);
    }

    private static PackerTemplate template(Path path) {
        Map<String, String> files = new TreeMap<>();
        try {
            if (Files.isDirectory(path)) {
                try (Stream<Path> entries = Files.list(path)) {
                    for (Path file : entries.filter(entry -> entry.toString().matches(".*\\.pkr\\.(hcl|json)"))
                            .toList()) {
                        files.put(file.toString(), Files.readString(file));
                    }
                }
            } else if (Files.exists(path)) {
                files.put(path.toString(), Files.readString(path));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        }
        if (files.isEmpty()) {
            throw new IllegalArgumentException("stat " + path + ": no such file or directory");
        }
        return PackerTemplate.parse(files);
    }

    String text(String variable) {
        return variables.getOrDefault(variable, "");
    }

    List<String> list(String variable) {
        String text = text(variable);
        return text.isBlank() ? List.of() : read(variable, text, new TypeReference<ArrayList<String>>() {});
    }

    Map<String, String> map(String variable) {
        String text = text(variable);
        return text.isBlank() ? Map.of() : read(variable, text, new TypeReference<LinkedHashMap<String, String>>() {});
    }

    private static <T> T read(String variable, String text, TypeReference<T> type) {
        try {
            return JSON.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "variable " + variable + ": '" + text + "' is not a literal that the simulator's builder reads", e);
        }
    }
}
