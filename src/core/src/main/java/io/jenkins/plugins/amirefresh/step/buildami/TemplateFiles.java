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
import java.util.TreeMap;

/**
 * A template as it lies in the workspace.
 *
 * @param path what Packer is given
 * @param files every file of it, provisioners' scripts as well: texts by path
 * @param pluginsPath where its required_plugins are, empty for none
 */
record TemplateFiles(String path, Map<String, String> files, PackerTemplate template, String pluginsPath) {

    private static final String BUNDLED = ".ami-refresh/packer";

    private static final String RESOURCES = "/io/jenkins/plugins/amirefresh/packer/";

    private static final List<String> BUNDLED_FILES =
            List.of("image.pkr.hcl", "variables.pkr.hcl", "provision.sh", "plugins/plugins.pkr.hcl");

    /** @param given the parameter {@code template}; empty for the product's own, which is written into the workspace */
    static TemplateFiles read(String given, Workspace workspace) {
        if (!workspace.isPresent()) {
            throw new ParameterException(
                    "buildAmi needs an agent: put it into a stage with an agent, or into node { }");
        }
        String path = given.isEmpty() ? BUNDLED : given.replaceAll("/+$", "");
        if (given.isEmpty()) {
            BUNDLED_FILES.forEach(name -> workspace.write(BUNDLED + "/" + name, bundled(name)));
        }
        Map<String, String> files = new TreeMap<>();
        workspace.read(path).ifPresent(text -> files.put(path, text));
        if (files.isEmpty()) {
            workspace.find(path + "/**").forEach(file -> workspace.read(file).ifPresent(text -> files.put(file, text)));
        }
        Map<String, String> templates = new TreeMap<>(files);
        templates.keySet().removeIf(file -> !isTemplate(path, file));
        if (templates.isEmpty()) {
            throw ParameterException.of(
                    BuildAmiStep.TEMPLATE,
                    path,
                    "the path of a Packer template in the workspace: a file, or a folder with .pkr.hcl files");
        }
        return new TemplateFiles(path, files, parse(templates), pluginsPath(path, files));
    }

    private static PackerTemplate parse(Map<String, String> templates) {
        try {
            return PackerTemplate.parse(templates);
        } catch (IllegalArgumentException e) {
            throw new ParameterException("template: " + e.getMessage());
        }
    }

    private static boolean isTemplate(String path, String file) {
        return file.equals(path)
                || (file.endsWith(".pkr.hcl")
                        && !file.substring(path.length() + 1).contains("/"));
    }

    private static String pluginsPath(String path, Map<String, String> files) {
        for (Map.Entry<String, String> file : files.entrySet()) {
            if (file.getKey().endsWith(".pkr.hcl")
                    && PackerTemplate.parse(Map.of(file.getKey(), file.getValue()))
                            .requiresPlugins()) {
                return isTemplate(path, file.getKey())
                        ? path
                        : file.getKey().substring(0, file.getKey().lastIndexOf('/'));
            }
        }
        return "";
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
