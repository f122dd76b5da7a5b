package io.jenkins.plugins.amirefresh.packer;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A Packer template as far as it can be read without Packer: what it takes, which builds it defines and whether they can
 * work.
 *
 * @param variables declared variables; the default's text by name, empty without one
 * @param builds what {@code -only} chooses from, in the files' order
 * @param requiresPlugins has a {@code required_plugins} block
 */
public record PackerTemplate(Map<String, String> variables, List<Build> builds, boolean requiresPlugins) {

    /** Copies the collections. */
    public PackerTemplate {
        variables = Map.copyOf(variables);
        builds = List.copyOf(builds);
    }

    /**
     * One build.
     *
     * @param name what {@code only} of a provisioner names: {@code amazon-ebs.image}, in old JSON templates a builder's name
     * @param communicator as written: a word, an expression, or empty for the builder's default
     * @param provisioners what its build block runs on the instance, also those that leave this build out
     */
    public record Build(String name, String type, String communicator, List<Provisioner> provisioners) {

        /** Copies the list. */
        public Build {
            provisioners = List.copyOf(provisioners);
        }
    }

    /**
     * One provisioner.
     *
     * @param only builds it is limited to, empty for all
     * @param except builds it leaves out
     */
    public record Provisioner(String type, List<String> only, List<String> except) {

        /** Copies the lists. */
        public Provisioner {
            only = List.copyOf(only);
            except = List.copyOf(except);
        }

        boolean runsIn(Build build) {
            return (only.isEmpty() || only.contains(build.name())) && !except.contains(build.name());
        }
    }

    /**
     * Reads a template's files.
     *
     * @param files texts by path: {@code .pkr.hcl} files, or one JSON template of old
     * @throws IllegalArgumentException when a file cannot be read: its path, its line and what is wrong
     */
    public static PackerTemplate parse(Map<String, String> files) {
        boolean json = files.keySet().stream().anyMatch(path -> path.endsWith(".json"));
        return json ? JsonTemplate.parse(files) : HclTemplate.parse(files);
    }

    /** The template takes this variable. */
    public boolean declares(String variable) {
        return variables.containsKey(variable);
    }

    /** Has a build of this name. */
    public boolean hasBuild(String name) {
        return builds.stream().anyMatch(build -> build.name().equals(name));
    }

    /**
     * Why this template would never end, or would end at once with nothing built; empty when nothing speaks against it.
     *
     * <p>A provisioner without a communicator makes Packer wait for ever. Source: observed with Packer 1.6.6 and the
     * amazon-ebs builder.
     *
     * @param given values of variables, by name
     * @param only as {@code -only} takes it, with {@code *}; empty for every build
     */
    public Optional<String> refusal(Map<String, String> given, Collection<String> only) {
        List<Build> chosen = chosen(only);
        if (chosen.isEmpty()) {
            String names = builds.stream().map(Build::name).collect(Collectors.joining(", "));
            return Optional.of("only: '" + String.join(",", only) + "' names no build of the template; it has "
                    + (names.isEmpty() ? "none" : names));
        }
        for (Build build : chosen) {
            List<Provisioner> running = build.provisioners().stream()
                    .filter(provisioner -> provisioner.runsIn(build))
                    .toList();
            if ("none".equals(communicator(build, given)) && !running.isEmpty()) {
                return Optional.of("build " + build.name() + " has communicator none and provisioner "
                        + running.get(0).type()
                        + ", so Packer would wait for ever: give it a communicator, or limit the"
                        + " provisioner to other builds with only");
            }
        }
        return Optional.empty();
    }

    private List<Build> chosen(Collection<String> only) {
        return builds.stream()
                .filter(build -> only.isEmpty() || only.stream().anyMatch(pattern -> matches(pattern, build.name())))
                .toList();
    }

    private static boolean matches(String pattern, String name) {
        String regex =
                List.of(pattern.split("\\*", -1)).stream().map(Pattern::quote).collect(Collectors.joining(".*"));
        return name.matches(regex);
    }

    private String communicator(Build build, Map<String, String> given) {
        return Hcl.variable(build.communicator())
                .map(name -> given.getOrDefault(name, variables.getOrDefault(name, "")))
                .orElse(build.communicator());
    }
}
