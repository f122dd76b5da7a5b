package io.jenkins.plugins.amirefresh.runner.declarative;

import io.jenkins.plugins.amirefresh.model.Suggestion;
import io.jenkins.plugins.amirefresh.runner.interpreter.StepSignature;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.stmt.EmptyStatement;
import org.codehaus.groovy.ast.stmt.Statement;

/** Translates the sections that pipelines and stages share. */
final class SectionTranslator {
    static final Set<String> PARAMETERS = Set.of("string", "text", "booleanParam", "choice", "password");
    static final Set<String> TRIGGERS = Set.of("cron", "pollSCM", "upstream", "amiRefreshEvents", "parameterizedCron");
    private static final List<String> CONDITIONS = DeclarativeSupport.CONDITIONS;
    private static final Set<String> AGENT_KEYS = Set.of("label", "customWorkspace", "retries");
    private static final Set<String> INPUT_KEYS =
            Set.of("message", "id", "ok", "submitter", "submitterParameter", "parameters", "cancel");
    /** Options that are no block steps; those of the pipeline first, then those of stages. */
    private static final Set<String> PIPELINE_OPTIONS = Set.of(
            "buildDiscarder",
            "checkoutToSubdirectory",
            "disableConcurrentBuilds",
            "disableRestartFromStage",
            "disableResume",
            "durabilityHint",
            "newContainerPerStage",
            "overrideIndexTriggers",
            "parallelsAlwaysFailFast",
            "preserveStashes",
            "quietPeriod",
            "rateLimitBuilds",
            "skipDefaultCheckout",
            "skipStagesAfterUnstable");

    private static final Set<String> STAGE_OPTIONS = Set.of("skipDefaultCheckout", "checkoutToSubdirectory");

    private final Problems problems;
    private final StepsChecker steps;
    private final EnvironmentTranslator environments;

    SectionTranslator(Problems problems, StepsChecker steps) {
        this.problems = problems;
        this.steps = steps;
        this.environments = new EnvironmentTranslator(problems, steps.catalogue());
    }

    Expression environment(Call section) {
        return environments.environment(section);
    }

    /** The calls a section consists of; anything else is a problem that begins with {@code expected}. */
    private List<Call> calls(Call section, String expected) {
        List<Call> calls = new ArrayList<>();
        ClosureExpression body = section.body();
        if (body == null) {
            problems.add(section.place(), "Expected a block for " + section.name());
            return calls;
        }
        for (Statement statement : Call.statements(body)) {
            Optional<Call> call = Call.of(statement);
            if (call.isPresent()) {
                calls.add(call.get());
            } else if (!(statement instanceof EmptyStatement)) {
                problems.add(statement, expected + Call.hint(statement));
            }
        }
        if (Call.statements(body).stream().allMatch(EmptyStatement.class::isInstance)) {
            problems.add(section.place(), section.name() + " can not be empty");
        }
        return calls;
    }

    /** {@code agent none}, {@code agent any}, {@code agent { label ... }} or {@code agent { node { ... } }}. */
    Expression agent(Call section) {
        Ast.MapBuilder model = new Ast.MapBuilder();
        ClosureExpression body = section.body();
        if (body == null) {
            String type =
                    section.unnamed().size() == 1 ? section.unnamed().get(0).getText() : "";
            if (!type.equals("none") && !type.equals("any")) {
                problems.add(section.place(), "Only \"agent none\", \"agent any\" or \"agent {...}\" are allowed.");
            }
            return model.put("type", Ast.text(type)).build();
        }
        model.put("type", Ast.text("label"));
        for (Call call : calls(section, "Expected to find \u2018key \"value\"\u2019")) {
            if (call.name().equals("node")) {
                calls(call, "Expected to find \u2018key \"value\"\u2019").forEach(key -> agentKey(key, model));
            } else {
                agentKey(call, model);
            }
        }
        return model.build();
    }

    private void agentKey(Call key, Ast.MapBuilder model) {
        if (!AGENT_KEYS.contains(key.name())) {
            problems.add(
                    key.place(),
                    "the agent type '" + key.name() + "' is not run in a rehearsal; it knows none, any, label and node "
                            + "(label, customWorkspace, retries)");
        } else if (key.unnamed().size() != 1) {
            problems.add(key.place(), "No argument for agent key \"" + key.name() + "\"");
        } else {
            model.put(key.name(), Ast.later(key.unnamed().get(0)));
        }
    }

    /** Options in order: block steps wrap what follows, the others are settings. */
    Expression options(Call section, boolean isOfPipeline) {
        List<Expression> all = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Call option : calls(section, "Expected an option")) {
            if (!seen.add(option.name())) {
                problems.add(option.place(), "Duplicate option name: \"" + option.name() + "\"");
            }
            boolean isSetting = (isOfPipeline ? PIPELINE_OPTIONS : STAGE_OPTIONS).contains(option.name());
            Optional<StepSignature> step = steps.catalogue()
                    .step(option.name())
                    .map(type -> type.signature())
                    .filter(signature -> signature.body() == StepSignature.Body.REQUIRED);
            if (!isSetting && step.isEmpty()) {
                refuseOption(option);
            }
            step.ifPresent(signature -> steps.checkArguments(option, signature.withOptionalBody()));
            all.add(new Ast.MapBuilder()
                    .put("name", Ast.text(option.name()))
                    .put("isSetting", Ast.flag(isSetting))
                    .put("arguments", Ast.later(Ast.list(option.argumentsWithoutBody())))
                    .build());
        }
        return Ast.list(all);
    }

    private void refuseOption(Call option) {
        Set<String> known = new HashSet<>(PIPELINE_OPTIONS);
        known.addAll(Set.of("timeout", "retry", "timestamps", "lock"));
        problems.add(
                option.place(), "Invalid option type \"" + option.name() + "\"" + Suggestion.of(option.name(), known));
    }

    /** Described objects, such as parameters and triggers. */
    Expression symbols(Call section, Set<String> known) {
        List<Expression> all = new ArrayList<>();
        for (Call symbol : calls(section, "Expected a definition in " + section.name())) {
            if (!known.contains(symbol.name())) {
                problems.add(
                        symbol.place(),
                        "Invalid " + section.name() + " type \"" + symbol.name() + "\"; valid types are "
                                + String.join(", ", known.stream().sorted().toList()));
            }
            all.add(symbol.node());
        }
        return Ast.later(Ast.list(all));
    }

    /** Names of libraries. */
    Expression libraries(Call section) {
        List<Expression> names = new ArrayList<>();
        for (Call library : calls(section, "Expected a \"lib(...)\"")) {
            if (!library.name().equals("lib") || library.unnamed().size() != 1) {
                problems.add(library.place(), "Expected a \"lib(...)\" but got " + library.name());
            } else {
                names.add(library.unnamed().get(0));
            }
        }
        return Ast.later(Ast.list(names));
    }

    /** Blocks by condition. */
    Expression post(Call section) {
        Ast.MapBuilder model = new Ast.MapBuilder();
        Set<String> seen = new HashSet<>();
        for (Call condition : calls(section, invalidCondition())) {
            ClosureExpression body = condition.body();
            if (!CONDITIONS.contains(condition.name())) {
                problems.add(
                        condition.place(),
                        "Invalid condition \"" + condition.name() + "\" - valid conditions are " + CONDITIONS);
            } else if (body == null) {
                problems.add(condition.place(), invalidCondition());
            } else if (!seen.add(condition.name())) {
                problems.add(condition.place(), "Duplicate build condition name: \"" + condition.name() + "\"");
            } else {
                steps.check(body);
                model.put(condition.name(), body);
            }
        }
        return model.build();
    }

    private static String invalidCondition() {
        return "The \u2018post\u2019 section can only contain build condition names with code blocks. Valid condition "
                + "names are " + CONDITIONS;
    }

    /** The arguments of the input step. */
    Expression input(Call section) {
        Ast.MapBuilder arguments = new Ast.MapBuilder();
        boolean hasMessage = false;
        for (Call key : calls(section, "Expected to find \u2018key \"value\"\u2019")) {
            hasMessage |= key.name().equals("message");
            if (!INPUT_KEYS.contains(key.name())) {
                problems.add(key.place(), "Not a valid field for input: \"" + key.name() + "\"");
            } else if (key.name().equals("parameters")) {
                List<Expression> symbols = new ArrayList<>();
                calls(key, "Expected a build parameter definition").forEach(call -> symbols.add(call.node()));
                arguments.put("parameters", Ast.list(symbols));
            } else if (key.unnamed().size() == 1) {
                arguments.put(key.name(), key.unnamed().get(0));
            } else {
                problems.add(key.place(), "No argument for field \"" + key.name() + "\"");
            }
        }
        if (!hasMessage) {
            problems.add(section.place(), "No message specified for input");
        }
        return Ast.later(arguments.build());
    }
}
