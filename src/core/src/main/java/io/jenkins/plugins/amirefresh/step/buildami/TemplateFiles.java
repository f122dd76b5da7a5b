package io.jenkins.plugins.amirefresh.step.buildami;

import io.jenkins.plugins.amirefresh.packer.PackerTemplate;
import io.jenkins.plugins.amirefresh.step.Workspace;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A template as it lies in the workspace.
 *
 * @param path what Packer is given
 * @param texts the files that Packer reads itself, by name: templates and {@code .auto.pkrvars} files
 * @param digests of every file of it, by its path in the template's folder; the scripts of provisioners as well
 * @param isFile one file is the template, not a folder
 * @param pluginsPath where {@code packer init} finds required_plugins, empty for nowhere
 */
record TemplateFiles(
        String path,
        Map<String, String> texts,
        Map<String, String> digests,
        boolean isFile,
        PackerTemplate template,
        String pluginsPath) {

    private static final String BUNDLED = ".ami-refresh/packer";

    private static final String RESOURCES = "/io/jenkins/plugins/amirefresh/packer/";

    private static final List<String> BUNDLED_FILES =
            List.of("image.pkr.hcl", "variables.pkr.hcl", "provision.sh", "plugins/plugins.pkr.hcl");

    private static final String PLUGINS = "plugins";

    /** @param given the parameter {@code template}; empty for the product's own, which is written into the workspace */
    static TemplateFiles read(String given, Workspace workspace) {
        if (!workspace.isPresent()) {
            throw new ParameterException(
                    "buildAmi needs an agent: put it into a stage with an agent, or into node { }");
        }
        String path = given.isEmpty() ? BUNDLED : normal(given);
        if (given.isEmpty()) {
            BUNDLED_FILES.forEach(name -> workspace.write(BUNDLED + "/" + name, bundled(name)));
        }
        Map<String, String> digests = new TreeMap<>();
        Map<String, String> texts = new TreeMap<>();
        Optional<String> ofFile = workspace.digest(path);
        if (ofFile.isPresent()) {
            String name = path.substring(path.lastIndexOf('/') + 1);
            digests.put(name, ofFile.get());
            workspace.read(path).ifPresent(text -> texts.put(name, text));
        } else {
            digests.putAll(workspace.digests(path));
            digests.keySet().removeIf(TemplateFiles::isOfTheBuild);
            digests.keySet().stream()
                    .filter(name -> isTemplate(name) || isVariables(name))
                    .forEach(name -> workspace.read(path + "/" + name).ifPresent(text -> texts.put(name, text)));
        }
        Map<String, String> templates = new TreeMap<>(texts);
        templates.keySet().removeIf(TemplateFiles::isVariables);
        if (templates.isEmpty()) {
            throw ParameterException.of(
                    BuildAmiStep.TEMPLATE,
                    given.isEmpty() ? path : given,
                    "the path of a Packer template in the workspace: a file, or a folder with .pkr.hcl files");
        }
        PackerTemplate template = parse(path, templates);
        String plugins = pluginsPath(path, digests.keySet(), template);
        return new TemplateFiles(path, texts, digests, ofFile.isPresent(), template, plugins);
    }

    private static String normal(String given) {
        String path = given.trim().replaceAll("(?<=.)/+$", "").replaceAll("^(?:\\./+)+(?=.)", "");
        return path.equals("./") ? "." : path;
    }

    private static PackerTemplate parse(String path, Map<String, String> templates) {
        try {
            return PackerTemplate.parse(templates);
        } catch (IllegalArgumentException e) {
            throw new ParameterException("template " + path + ": " + e.getMessage());
        }
    }

    /** Packer reads the files of the folder itself and none below it. */
    private static boolean isTemplate(String name) {
        return !name.contains("/") && (name.endsWith(".pkr.hcl") || name.endsWith(".pkr.json"));
    }

    private static boolean isVariables(String name) {
        return !name.contains("/") && (name.endsWith(".auto.pkrvars.hcl") || name.endsWith(".auto.pkrvars.json"));
    }

    /** What a build writes, where the template's folder is the workspace: no image is made of it. */
    private static boolean isOfTheBuild(String name) {
        return name.startsWith(".ami-refresh/") || name.matches("packer-manifest[^/]*\\.json");
    }

    /** Packer 1.6 refuses required_plugins, so a template for old and new ones keeps the block in a folder of its own. */
    private static String pluginsPath(String path, Set<String> files, PackerTemplate template) {
        if (template.requiresPlugins()) {
            return path;
        }
        boolean apart = files.stream().anyMatch(name -> name.matches(PLUGINS + "/[^/]+\\.pkr\\.(hcl|json)"));
        return apart ? path + "/" + PLUGINS : "";
    }

    /** One JSON template of old, which Packer does not inspect. */
    boolean isJsonOfOld() {
        return texts.keySet().stream().anyMatch(PackerTemplate::isJsonOfOld);
    }

    /** The folder that {@code path.root} means. */
    String root() {
        return !isFile ? path : path.contains("/") ? path.substring(0, path.lastIndexOf('/')) : ".";
    }

    /** Files beside the template give values to variables. */
    boolean hasVariables() {
        return texts.keySet().stream().anyMatch(TemplateFiles::isVariables);
    }

    private static String bundled(String name) {
        try (InputStream in = TemplateFiles.class.getResourceAsStream(RESOURCES + name)) {
            if (in == null) {
                throw new IllegalStateException("the class path has no " + RESOURCES + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + name, e);
        }
    }
}
