package io.jenkins.plugins.amirefresh.step.buildami;

import io.jenkins.plugins.amirefresh.step.Workspace;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a template takes from outside its folder: files of the agent that it names, with what lies beside them, and variables
 * of the environment.
 *
 * @param digests by path
 * @param outputs paths that a build writes itself
 * @param unseen names of files that are known only when Packer runs, as they are written
 */
record References(Map<String, String> digests, List<String> unseen, Set<String> outputs) {

    private static final Pattern STRING = Pattern.compile("\"((?:[^\"\\\\\\n]|\\\\.)*)\"");

    private static final Pattern REFERENCE = Pattern.compile("(?:var|local)\\.[\\p{L}\\p{N}_-]+");

    private static final Pattern INTERPOLATION =
            Pattern.compile("\\$\\{\\s*([^{}\"\\s]+)\\s*}|\\{\\{\\s*(user\\s+`[^`]+`|template_dir|pwd)\\s*}}");

    private static final Pattern FUNCTION = Pattern.compile(
            "\\b(?:file|filebase64|fileset|filemd5|filesha(?:1|256|512)|templatefile)\\(\\s*(\"(?:[^\"\\\\\\n]|\\\\.)*\"|[^,)\"]+)");

    private static final Pattern ENVIRONMENT =
            Pattern.compile("\\benv\\(\\s*\\\\?\"([^\"\\\\]+)\\\\?\"\\s*\\)|\\{\\{\\s*env\\s+`([^`]+)`\\s*}}");

    private static final Pattern MAYBE_A_FILE = Pattern.compile("(?!https?:|s3:|ami-)[^<>|;\\p{Cntrl}]{1,200}");

    /**
     * Finds what the texts name.
     *
     * @param texts of templates and variable files
     * @param values of variables by name, of locals by {@code local.name}; files are looked for in them as well
     * @param workspaceRoot what lies elsewhere is the agent's or the instance's own; empty when nobody knows it
     */
    static References of(
            TemplateFiles template,
            Collection<String> texts,
            Map<String, String> values,
            Workspace workspace,
            String workspaceRoot) {
        Search search = new Search(template, values, workspace, workspaceRoot);
        template.template().outputs().forEach(search::leaveOut);
        texts.forEach(text -> STRING.matcher(text).results().forEach(found -> search.addIfPath(found.group(1))));
        values.values().forEach(search::addIfPath);
        List<String> expressions = new ArrayList<>(template.template().paths());
        texts.forEach(text -> FUNCTION.matcher(text).results().forEach(found -> expressions.add(found.group(1))));
        expressions.forEach(search::addExpression);
        return new References(search.digests, List.copyOf(search.unseen), Set.copyOf(search.outputs));
    }

    /** The names of environment variables that the texts read themselves. */
    static Set<String> environment(Collection<String> texts) {
        Set<String> names = new TreeSet<>();
        texts.forEach(text -> ENVIRONMENT
                .matcher(text)
                .results()
                .forEach(found -> names.add(found.group(1) == null ? found.group(2) : found.group(1))));
        return names;
    }

    /** Looks each name up once. */
    private static final class Search {

        private final TemplateFiles template;
        private final Map<String, String> values;
        private final Workspace workspace;
        private final String workspaceRoot;
        private final Map<String, String> digests = new TreeMap<>();
        private final Set<String> unseen = new TreeSet<>();
        private final Set<String> seen = new TreeSet<>();
        private final Set<String> outputs = new TreeSet<>();

        Search(TemplateFiles template, Map<String, String> values, Workspace workspace, String workspaceRoot) {
            this.template = template;
            this.values = values;
            this.workspace = workspace;
            this.workspaceRoot = workspaceRoot;
        }

        /** What a build writes is no part of the next one. */
        void leaveOut(String expression) {
            names(expression).forEach(name -> resolve(name).ifPresent(outputs::add));
            seen.addAll(outputs);
        }

        /** Of all texts only what looks like a path is asked for: each question goes to the agent. */
        void addIfPath(String written) {
            if (written.contains("/") || written.contains(".")) {
                addFile(written);
            }
        }

        void addFile(String written) {
            resolve(written)
                    .filter(this::isNew)
                    .ifPresent(path -> workspace.digest(path).ifPresent(digest -> {
                        digests.put(path, digest);
                        addFolder(parent(path));
                    }));
        }

        /** A list, a string, a variable; what else is in it cannot be known here. */
        void addExpression(String expression) {
            List<String> names = names(expression);
            String rest = STRING.matcher(expression).replaceAll("");
            boolean isKnown = REFERENCE.matcher(rest).replaceAll("").matches("(?s)true|false|[\\s,\\[\\]]*")
                    && names.stream().allMatch(name -> resolve(name).isPresent());
            if (!isKnown) {
                unseen.add(expression.replaceAll("\\s+", " "));
            }
            names.forEach(name -> {
                addFile(name);
                resolve(name).ifPresent(path -> {
                    Optional<String> digest = workspace.digest(path);
                    digest.filter(found -> isElsewhere(path)).ifPresent(found -> digests.put(path, found));
                    if (digest.isEmpty()) {
                        addFolder(path);
                    }
                });
            });
        }

        private static List<String> names(String expression) {
            List<String> names = new ArrayList<>();
            STRING.matcher(expression).results().forEach(found -> names.add(found.group(1)));
            String rest = STRING.matcher(expression).replaceAll("");
            REFERENCE.matcher(rest).results().forEach(found -> names.add("${" + found.group() + "}"));
            return names;
        }

        /** Playbooks have their roles beside them, scripts what they include; the workspace itself is too much. */
        private void addFolder(String folder) {
            String normal = folder.replaceAll("^(?:\\./+)+", "").replaceAll("/+$", "");
            boolean isAbove = normal.isEmpty() || normal.matches("\\.|(?:\\.\\./?)+");
            if (!isAbove && !isElsewhere(normal) && !isOfTemplate(normal) && seen.add("folder " + normal)) {
                workspace.digests(normal).forEach((name, digest) -> {
                    if (!outputs.contains(normal + "/" + name)) {
                        digests.put(normal + "/" + name, digest);
                    }
                });
            }
        }

        private boolean isElsewhere(String path) {
            return path.startsWith("/") && (workspaceRoot.isEmpty() || !path.startsWith(workspaceRoot + "/"));
        }

        private boolean isOfTemplate(String path) {
            return !template.isFile() && (path + "/").startsWith(template.path() + "/");
        }

        private boolean isNew(String path) {
            return MAYBE_A_FILE.matcher(path).matches() && !isElsewhere(path) && !isOfTemplate(path) && seen.add(path);
        }

        private static String parent(String path) {
            return path.contains("/") ? path.substring(0, path.lastIndexOf('/')) : "";
        }

        /** With what is known put in; empty when something in it is not. */
        private Optional<String> resolve(String written) {
            Matcher matcher = INTERPOLATION.matcher(written);
            StringBuilder text = new StringBuilder();
            while (matcher.find()) {
                Optional<String> value = value(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
                if (value.isEmpty()) {
                    return Optional.empty();
                }
                matcher.appendReplacement(text, Matcher.quoteReplacement(value.get()));
            }
            matcher.appendTail(text);
            String path = text.toString();
            boolean isOpen = path.contains("${") || path.contains("%{") || path.contains("{{");
            return isOpen ? Optional.empty() : Optional.of(path);
        }

        private Optional<String> value(String reference) {
            return switch (reference) {
                case "path.root", "template_dir" -> Optional.of(template.root());
                case "path.cwd", "pwd" -> Optional.of(".");
                default ->
                    Optional.ofNullable(values.get(
                            reference.startsWith("user")
                                    ? reference.replaceAll("^user\\s+`|`$", "")
                                    : reference.replaceFirst("^var\\.", "")));
            };
        }
    }
}
