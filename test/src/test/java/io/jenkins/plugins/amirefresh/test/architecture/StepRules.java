package io.jenkins.plugins.amirefresh.test.architecture;

import io.jenkins.plugins.amirefresh.step.StepDefinition;
import io.jenkins.plugins.amirefresh.step.catalog.StepCatalog;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterSpec;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What the plugin must have for every step of the catalogue and every parameter of it. */
final class StepRules {

    /** Inherited from what steps share that change something; the step refuses it in one line, as a misspelt one. */
    private static final Set<String> REFUSED = Set.of("fleetReport.dryRun");

    private final PluginSources sources;
    private final List<String> problems = new ArrayList<>();

    private StepRules(PluginSources sources) {
        this.sources = sources;
    }

    /** Each deviation, as a sentence; empty when there is none. */
    static List<String> problems(PluginSources sources) {
        StepRules rules = new StepRules(sources);
        Map<String, StepClass> steps = StepClass.byFunctionName(sources);
        Set<String> unknown = new TreeSet<>(steps.keySet());
        for (StepDefinition definition : StepCatalog.all()) {
            StepClass step = steps.get(definition.functionName());
            unknown.remove(definition.functionName());
            if (step == null) {
                rules.problems.add(definition.functionName() + ": no class of the plugin has this function name");
            } else {
                rules.check(definition, step);
            }
        }
        String validator =
                sources.text(StepClass.FOLDER + "LiteralsValidator.java").orElse("");
        rules.require(
                validator.contains(
                        "@Extension\npublic final class LiteralsValidator extends DeclarativeValidatorContributor"),
                "nothing looks at the literals of a Declarative pipeline before it runs");
        unknown.forEach(name -> rules.problems.add(name + ": the catalogue has no such step"));
        return rules.problems;
    }

    private void check(StepDefinition definition, StepClass step) {
        String name = definition.functionName();
        require(step.isRegistered(), name + ": its descriptor is no extension");
        require(step.looksAtNames(), name + ": its descriptor takes any parameter");
        String help = help(step, "help.html").orElse("");
        require(help.contains(definition.summary()), name + ": help.html does not say what it does");
        Map<String, String> controls = StepForm.controls(sources, step);
        Set<String> names = new TreeSet<>();
        for (ParameterSpec spec : definition.parameters()) {
            names.add(spec.name());
            checkProperty(name + "." + spec.name(), spec, step);
            checkForm(name + "." + spec.name(), spec, step, controls);
            checkHelp(name + "." + spec.name(), spec, step);
        }
        Set<String> extra = new TreeSet<>(step.setters().keySet());
        extra.addAll(step.constructorParameters().keySet());
        extra.addAll(controls.keySet());
        extra.removeAll(names);
        extra.removeIf(field -> REFUSED.contains(name + "." + field));
        extra.forEach(field -> problems.add(name + "." + field + ": the step has no such parameter"));
    }

    /** A parameter that takes text alone is a {@code String}; one that also takes numbers, lists or maps an {@code Object}. */
    private void checkProperty(String what, ParameterSpec spec, StepClass step) {
        String type = spec.type() == ParameterType.TEXT || spec.type() == ParameterType.CHOICE ? "String" : "Object";
        Map<String, String> given = spec.required() ? step.constructorParameters() : step.setters();
        String how = spec.required() ? "constructor parameter" : "setter";
        require(given.containsKey(spec.name()), what + ": no " + how);
        require(type.equals(given.getOrDefault(spec.name(), type)), what + ": its " + how + " takes no " + type);
        require(type.equals(step.getters().get(spec.name())), what + ": no getter of type " + type);
    }

    private void checkForm(String what, ParameterSpec spec, StepClass step, Map<String, String> controls) {
        String control = controls.getOrDefault(spec.name(), "");
        require(!control.isEmpty(), what + ": not in config.jelly");
        String capitalised =
                Character.toUpperCase(spec.name().charAt(0)) + spec.name().substring(1);
        boolean isChoice = spec.type() == ParameterType.CHOICE || spec.type() == ParameterType.BOOLEAN;
        require(!isChoice || control.equals("select"), what + ": its form offers no choices");
        if (control.equals("select")) {
            String fill = "doFill" + capitalised + "Items";
            require(step.hasFormMethod(fill), what + ": no @POST " + fill);
        } else if (spec.type() != ParameterType.TEXT) {
            String check = "doCheck" + capitalised;
            require(step.hasFormMethod(check), what + ": no @POST " + check);
        }
    }

    private void checkHelp(String what, ParameterSpec spec, StepClass step) {
        String file = "help-" + spec.name() + ".html";
        Optional<String> help = help(step, file);
        require(help.isPresent(), what + ": no " + file);
        require(help.orElse(spec.help()).contains(spec.help()), what + ": " + file + " says something else");
        require(
                help.orElse(spec.defaultText()).contains(spec.defaultText()),
                what + ": " + file + " does not say the default, " + spec.defaultText());
    }

    /** As Jenkins finds it: beside the class or one of its superclasses. Lines are broken anywhere, marks are escaped. */
    private Optional<String> help(StepClass step, String file) {
        return step.lineage().stream()
                .map(type -> sources.text(StepClass.FOLDER + type + "/" + file))
                .flatMap(Optional::stream)
                .findFirst()
                .map(text -> text.replaceAll("<[^>]*>", "")
                        .replaceAll("\\s+", " ")
                        .replace("&lt;", "<")
                        .replace("&gt;", ">")
                        .replace("&quot;", "\"")
                        .replace("&amp;", "&"));
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            problems.add(otherwise);
        }
    }
}
