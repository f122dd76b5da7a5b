package io.jenkins.plugins.amirefresh.packer;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A Packer template as far as it can be read without Packer: what it takes, which builds it defines and whether they can
 * work.
 *
 * @param variables declared variables; the default's text by name, empty without one
 * @param builds what {@code -only} chooses from, in the files' order
 * @param requiresPlugins has a {@code required_plugins} block
 * @param unread what decides which builds there are and cannot be read without Packer, as it is written
 * @param paths expressions that name files of the agent: scripts, uploads, playbooks
 * @param outputs expressions that name what a build writes, such as a manifest
 */
public record PackerTemplate(
        Map<String, String> variables,
        List<Build> builds,
        boolean requiresPlugins,
        List<String> unread,
        List<String> paths,
        List<String> outputs) {

    /** Members of provisioners, sources and post-processors that name files. */
    static final Pattern PATH = Pattern.compile("scripts?|sources?|.*_(files?|paths?|dir|directory|directories)");

    static final Pattern OUTPUT = Pattern.compile("output(_.*)?");

    /** Amazon builders that make volumes only. */
    private static final Set<String> WITHOUT_AMI = Set.of("amazon-ebsvolume");

    /** Copies the collections. */
    public PackerTemplate {
        variables = Map.copyOf(variables);
        builds = List.copyOf(builds);
        unread = List.copyOf(unread);
        paths = List.copyOf(paths);
        outputs = List.copyOf(outputs);
    }

    /**
     * One build. Expressions are as written, {@code ""} with its quotes for the builder's default.
     *
     * @param name what {@code -only} takes: {@code amazon-ebs.image}, with the name of its build block in front when that has
     *     one; in old JSON templates a builder's name
     * @param shortName what {@code only} of a provisioner takes: without the build block's name
     */
    public record Build(
            String name,
            String shortName,
            String type,
            String region,
            String communicator,
            List<Provisioner> provisioners) {

        /** Copies the list. */
        public Build {
            provisioners = List.copyOf(provisioners);
        }

        private boolean makesAmi() {
            return type.startsWith("amazon-") && !WITHOUT_AMI.contains(type);
        }
    }

    /**
     * One provisioner.
     *
     * @param only builds it is limited to, empty for all
     * @param except builds it leaves out
     * @param isRead both are known; an expression may be anything
     */
    public record Provisioner(String type, List<String> only, List<String> except, boolean isRead) {

        /** Copies the lists. */
        public Provisioner {
            only = List.copyOf(only);
            except = List.copyOf(except);
        }

        boolean runsIn(Build build) {
            return isRead && (only.isEmpty() || names(only, build)) && !names(except, build);
        }

        private static boolean names(List<String> builds, Build build) {
            return builds.contains(build.name()) || builds.contains(build.shortName());
        }
    }

    /**
     * Reads a template's files.
     *
     * @param files texts by path: {@code .pkr.hcl} and {@code .pkr.json} files, or one JSON template of old
     * @throws IllegalArgumentException when a file cannot be read: its path, its line and what is wrong
     */
    public static PackerTemplate parse(Map<String, String> files) {
        boolean json = files.keySet().stream().anyMatch(PackerTemplate::isJsonOfOld);
        return json ? JsonTemplate.parse(files) : HclTemplate.parse(files);
    }

    /** A template with {@code builders}, not HCL2 in JSON's clothes. */
    public static boolean isJsonOfOld(String path) {
        return path.endsWith(".json") && !path.endsWith(".pkr.json");
    }

    /** The template takes this variable. */
    public boolean declares(String variable) {
        return variables.containsKey(variable);
    }

    /** The full name of the one build that has this short name; empty when none or several have it. */
    public Optional<String> build(String shortName) {
        List<Build> named = builds.stream()
                .filter(build -> build.shortName().equals(shortName))
                .toList();
        return named.size() == 1 ? Optional.of(named.get(0).name()) : Optional.empty();
    }

    /**
     * Why this template would never end, would end at once with nothing built, or would build two images where one is
     * wanted; empty when nothing speaks against it, or when it cannot be seen.
     *
     * <p>A provisioner without a communicator makes Packer wait for ever. Source: observed with Packer 1.6.6 and the
     * amazon-ebs builder.
     *
     * @param known values of variables by name, and of locals by {@code local.name}
     * @param only as {@code -only} takes it, with {@code *}; empty for every build
     */
    public Optional<String> refusal(Map<String, String> known, Collection<String> only) {
        Map<String, String> values = values(known);
        List<Build> chosen = builds.stream()
                .filter(build -> only.isEmpty()
                        || only.stream()
                                .anyMatch(pattern -> matches(pattern, JsonTemplate.named(build.name(), values))))
                .toList();
        if (chosen.isEmpty() && unread.isEmpty()) {
            return Optional.of(
                    only.isEmpty()
                            ? "it has no build: a build block with sources, or builders"
                            : "only: '" + String.join(",", only) + "' names no build of the template; it has "
                                    + (builds.isEmpty() ? "none" : names(builds, values)));
        }
        return endless(chosen, values).or(() -> twoInOneRegion(chosen, values));
    }

    private static Map<String, String> values(Map<String, String> known) {
        Map<String, String> values = new LinkedHashMap<>();
        known.forEach((name, text) -> values.put(name.startsWith("local.") ? name : "var." + name, text));
        return values;
    }

    private static Optional<String> endless(List<Build> chosen, Map<String, String> values) {
        for (Build build : chosen) {
            Optional<Provisioner> running = build.provisioners().stream()
                    .filter(provisioner -> provisioner.runsIn(build))
                    .findFirst();
            if (running.isPresent()
                    && Hcl.value(build.communicator(), values)
                            .filter("none"::equals)
                            .isPresent()) {
                return Optional.of("build " + build.name() + " has communicator none and provisioner "
                        + running.get().type()
                        + ", so Packer would wait for ever: give it a communicator, or limit the"
                        + " provisioner to other builds with only");
            }
        }
        return Optional.empty();
    }

    /** Regions that cannot be read are taken for one only where they are written alike. */
    private static Optional<String> twoInOneRegion(List<Build> chosen, Map<String, String> values) {
        Map<String, Build> first = new LinkedHashMap<>();
        for (Build build : chosen) {
            if (build.makesAmi()) {
                String region = Hcl.value(build.region(), values)
                        .filter(text -> !text.isEmpty())
                        .orElse(build.region());
                Build other = first.putIfAbsent(region, build);
                if (other != null) {
                    return Optional.of("builds " + names(List.of(other, build), values) + " each make an image "
                            + (region.equals(build.region()) ? "in the same region" : "in " + region)
                            + ", and a family has one there: choose one with only, or call buildAmi for each with"
                            + " a family of its own");
                }
            }
        }
        return Optional.empty();
    }

    private static String names(List<Build> builds, Map<String, String> values) {
        return builds.stream()
                .map(build -> JsonTemplate.named(build.name(), values))
                .collect(Collectors.joining(", "));
    }

    /** A name that Packer makes up when it builds may be any. */
    private static boolean matches(String pattern, String name) {
        if (name.contains("{{")) {
            return true;
        }
        String regex =
                List.of(pattern.split("\\*", -1)).stream().map(Pattern::quote).collect(Collectors.joining(".*"));
        return name.matches(regex);
    }
}
