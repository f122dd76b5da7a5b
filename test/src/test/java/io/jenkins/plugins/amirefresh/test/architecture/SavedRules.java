package io.jenkins.plugins.amirefresh.test.architecture;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.VariableTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/** What Jenkins writes to its disk from the plugin: plain values that every later release can read. */
final class SavedRules {

    /** Supertypes of what Jenkins saves: with a build, with its program, in its configuration. */
    private static final Set<String> SAVED =
            Set.of("StepExecution", "RunAction2", "GlobalConfiguration", "Describable");

    private static final Set<String> PLAIN = Set.of(
            "String", "int", "long", "boolean", "List<AccountSetting>", "List<WindowSetting>", "List<TagNameSetting>");

    private final PluginSources sources;
    private final List<String> problems = new ArrayList<>();

    private SavedRules(PluginSources sources) {
        this.sources = sources;
    }

    /** Each deviation, as a sentence; empty when there is none. */
    static List<String> problems(PluginSources sources) {
        SavedRules rules = new SavedRules(sources);
        sources.java().keySet().stream()
                .filter(path -> !path.endsWith("package-info.java"))
                .forEach(rules::check);
        return rules.problems;
    }

    /** The classes that Jenkins saves. */
    static List<String> saved(PluginSources sources) {
        return sources.java().keySet().stream()
                .filter(path -> !path.endsWith("package-info.java"))
                .filter(path -> isSaved(sources.type(path)))
                .map(path -> path.substring(path.lastIndexOf('/') + 1, path.length() - 5))
                .toList();
    }

    private void check(String path) {
        ClassTree type = sources.type(path);
        if (!isSaved(type)) {
            return;
        }
        String name = type.getSimpleName().toString();
        Set<String> sdk = sdk(path);
        boolean hasVersion = false;
        for (VariableTree field : StepClass.members(type, VariableTree.class)) {
            String what = name + "." + field.getName();
            Set<Modifier> modifiers = field.getModifiers().getFlags();
            String kind = field.getType().toString();
            hasVersion |= field.getName().contentEquals("serialVersionUID");
            if (!modifiers.contains(Modifier.STATIC) && !modifiers.contains(Modifier.TRANSIENT)) {
                require(PLAIN.contains(kind), what + ": a " + kind + " is saved");
            }
            require(!sdk.contains(kind), what + ": an object of the SDK does not outlive a restart");
        }
        boolean isExecution = String.valueOf(type.getExtendsClause()).equals("StepExecution");
        require(!isExecution || hasVersion, name + ": no serialVersionUID");
    }

    private static boolean isSaved(ClassTree type) {
        String parent = String.valueOf(type.getExtendsClause());
        return SAVED.contains(parent.replaceAll("<.*", ""))
                || type.getImplementsClause().stream()
                        .anyMatch(one -> SAVED.contains(one.toString().replaceAll("<.*", "")));
    }

    private Set<String> sdk(String path) {
        return sources.unit(path).getImports().stream()
                .map(ImportTree::getQualifiedIdentifier)
                .map(Object::toString)
                .filter(name -> name.startsWith("software.amazon."))
                .map(name -> name.substring(name.lastIndexOf('.') + 1))
                .collect(Collectors.toSet());
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            problems.add(otherwise);
        }
    }
}
