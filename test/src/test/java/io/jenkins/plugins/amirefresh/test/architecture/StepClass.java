package io.jenkins.plugins.amirefresh.test.architecture;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The class of a step with its superclasses in the plugin, and their descriptors, as written. */
final class StepClass {

    static final String FOLDER = PluginSources.PACKAGE + "step/";

    private static final String DESCRIPTOR = "DescriptorImpl";

    private final String name;
    private final List<String> lineage;
    private final List<MethodTree> methods = new ArrayList<>();
    private final List<MethodTree> descriptorMethods = new ArrayList<>();
    private final Optional<ClassTree> descriptor;

    private StepClass(PluginSources sources, String name) {
        this.name = name;
        this.lineage = lineage(sources, name);
        lineage.forEach(type -> methods.addAll(methods(sources.type(FOLDER + type + ".java"))));
        this.descriptor = members(sources.type(FOLDER + name + ".java"), ClassTree.class).stream()
                .filter(type -> type.getSimpleName().contentEquals(DESCRIPTOR))
                .findFirst();
        descriptor.ifPresent(type -> {
            descriptorMethods.addAll(methods(type));
            lineage(sources, String.valueOf(type.getExtendsClause()))
                    .forEach(parent -> descriptorMethods.addAll(methods(sources.type(FOLDER + parent + ".java"))));
        });
    }

    /** Every step class of the plugin by the function name that its descriptor gives to Jenkins. */
    static Map<String, StepClass> byFunctionName(PluginSources sources) {
        Map<String, StepClass> steps = new TreeMap<>();
        sources.java().forEach((path, text) -> {
            if (path.startsWith(FOLDER) && text.contains("class " + DESCRIPTOR)) {
                StepClass step = new StepClass(sources, path.substring(FOLDER.length(), path.length() - 5));
                steps.put(step.functionName(), step);
            }
        });
        return steps;
    }

    String name() {
        return name;
    }

    /** The class and its superclasses, the nearest first: where Jenkins looks for pages and help. */
    List<String> lineage() {
        return lineage;
    }

    boolean isRegistered() {
        return descriptor
                .filter(type -> isAnnotated(type.getModifiers(), "Extension"))
                .isPresent();
    }

    /** Types of the parameters of the constructor that Jenkins calls, by name. */
    Map<String, String> constructorParameters() {
        Map<String, String> parameters = new TreeMap<>();
        methods.stream()
                .filter(method -> isAnnotated(method.getModifiers(), "DataBoundConstructor"))
                .flatMap(method -> method.getParameters().stream())
                .forEach(parameter -> parameters.put(
                        parameter.getName().toString(), parameter.getType().toString()));
        return parameters;
    }

    /** Types of the properties that Jenkins sets, by name. */
    Map<String, String> setters() {
        Map<String, String> setters = new TreeMap<>();
        for (MethodTree method : methods) {
            String called = method.getName().toString();
            if (isAnnotated(method.getModifiers(), "DataBoundSetter") && called.startsWith("set")) {
                VariableTree parameter = method.getParameters().get(0);
                setters.put(decapitalised(called), parameter.getType().toString());
            }
        }
        return setters;
    }

    /** Types of the properties that forms and the snippet generator read, by name. */
    Map<String, String> getters() {
        Map<String, String> getters = new TreeMap<>();
        for (MethodTree method : methods) {
            String called = method.getName().toString();
            if (called.startsWith("get") && method.getParameters().isEmpty() && method.getReturnType() != null) {
                getters.put(decapitalised(called), method.getReturnType().toString());
            }
        }
        return getters;
    }

    /** A method of the descriptor that a form calls, which no foreign page can. */
    boolean hasFormMethod(String method) {
        return descriptorMethods.stream()
                .anyMatch(one -> one.getName().contentEquals(method) && isAnnotated(one.getModifiers(), "POST"));
    }

    /** Its descriptor makes steps itself, so that it sees the names that Pipeline would only warn of. */
    boolean looksAtNames() {
        return descriptorMethods.stream()
                .anyMatch(one -> one.getName().contentEquals("newInstance")
                        && one.getParameters().size() == 1
                        && one.getParameters().get(0).getType().toString().startsWith("Map<")
                        && String.valueOf(one.getBody()).contains("Parameters.unknown("));
    }

    private String functionName() {
        String body = descriptor
                .map(type -> methods(type).stream()
                        .filter(method -> method.getName().contentEquals("<init>"))
                        .map(method -> String.valueOf(method.getBody()))
                        .findFirst()
                        .orElse(""))
                .orElse("");
        int start = body.indexOf("super(\"") + 7;
        return start < 7 ? name : body.substring(start, body.indexOf('"', start));
    }

    private static List<String> lineage(PluginSources sources, String first) {
        List<String> lineage = new ArrayList<>();
        String next = first;
        while (sources.text(FOLDER + next + ".java").isPresent()) {
            lineage.add(next);
            next = String.valueOf(sources.type(FOLDER + next + ".java").getExtendsClause());
        }
        return lineage;
    }

    private static String decapitalised(String accessor) {
        return Character.toLowerCase(accessor.charAt(3)) + accessor.substring(4);
    }

    private static List<MethodTree> methods(ClassTree type) {
        return members(type, MethodTree.class);
    }

    static <T extends Tree> List<T> members(ClassTree type, Class<T> kind) {
        return type.getMembers().stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    static boolean isAnnotated(ModifiersTree modifiers, String annotation) {
        return modifiers.getAnnotations().stream()
                .anyMatch(one -> one.getAnnotationType().toString().equals(annotation));
    }
}
