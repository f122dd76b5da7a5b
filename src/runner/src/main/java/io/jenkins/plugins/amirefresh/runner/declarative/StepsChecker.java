package io.jenkins.plugins.amirefresh.runner.declarative;

import io.jenkins.plugins.amirefresh.model.Suggestion;
import io.jenkins.plugins.amirefresh.runner.interpreter.StepCatalogue;
import io.jenkins.plugins.amirefresh.runner.interpreter.StepParameter;
import io.jenkins.plugins.amirefresh.runner.interpreter.StepSignature;
import io.jenkins.plugins.amirefresh.runner.interpreter.StepType;
import io.jenkins.plugins.amirefresh.runner.library.Libraries;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.stmt.EmptyStatement;
import org.codehaus.groovy.ast.stmt.Statement;

/**
 * Checks the blocks that hold steps: every statement a call of a known step with known parameters; other Groovy only in
 * {@code script} blocks.
 */
final class StepsChecker {
    private static final String SCRIPT = "script";
    private static final String PARALLEL = "parallel";
    private static final Map<String, String> BLOCKED = Map.of(
            "stage", "The stage step cannot be used in Declarative Pipelines",
            "properties", "The properties step cannot be used in Declarative Pipelines");

    private final Problems problems;
    private final StepCatalogue catalogue;
    private final Libraries libraries;

    StepsChecker(Problems problems, StepCatalogue catalogue, Libraries libraries) {
        this.problems = problems;
        this.catalogue = catalogue;
        this.libraries = libraries;
    }

    StepCatalogue catalogue() {
        return catalogue;
    }

    /** Checks a block of steps. */
    void check(ClosureExpression block) {
        List<Statement> statements = Call.statements(block).stream()
                .filter(s -> !(s instanceof EmptyStatement))
                .toList();
        for (Statement statement : statements) {
            Optional<Call> call = Call.of(statement);
            if (call.isPresent()) {
                check(call.get(), statements.size());
            } else if (Call.expression(statement).orElse(null) instanceof MethodCallExpression) {
                problems.add(statement, "Method calls on objects not allowed outside \"script\" blocks.");
            } else {
                problems.add(statement, "Expected a step; other Groovy goes into a script { } block");
            }
        }
    }

    private void check(Call call, int neighbours) {
        String name = call.name();
        if (name.equals(SCRIPT)) {
            if (call.body() == null) {
                problems.add(call.place(), "Expected a block with the \"script\" step");
            }
            return;
        }
        String blocked = BLOCKED.get(name);
        if (blocked != null) {
            problems.add(call.place(), "Invalid step \"" + name + "\" used - not allowed in this context - " + blocked);
        } else if (name.equals(PARALLEL)) {
            checkParallel(call, neighbours);
        } else {
            checkKnown(call);
        }
    }

    private void checkParallel(Call call, int neighbours) {
        if (neighbours > 1) {
            problems.add(
                    call.place(),
                    "Invalid step \"parallel\" used - not allowed in this context - The parallel step can only be used "
                            + "as the only top-level step in a stage's step block");
        }
        for (Expression branch : call.named().values()) {
            if (branch instanceof ClosureExpression block) {
                check(block);
            }
        }
    }

    private void checkKnown(Call call) {
        Optional<StepType> step = catalogue.step(call.name());
        if (step.isPresent()) {
            checkArguments(call, step.get().signature());
            checkConstants(call, step.get());
            if (call.body() != null && step.get().signature().body() != StepSignature.Body.NONE) {
                check(call.body());
            }
        } else if (!libraries.hasVariable(call.name())) {
            problems.add(call.place(), unknown(call.name()));
        }
    }

    private String unknown(String name) {
        Optional<String> refusal = catalogue.refusal(name);
        if (refusal.isPresent()) {
            return "the step '" + name + "' is not run in a rehearsal: " + refusal.get();
        }
        Set<String> names = new TreeSet<>(catalogue.stepNames());
        names.addAll(libraries.variables());
        return "there is no step or global variable '" + name + "'" + Suggestion.of(name, names);
    }

    /** Checks names, required ones included. */
    void checkArguments(Call call, StepSignature signature) {
        String name = call.name();
        for (Map.Entry<String, Expression> argument : call.named().entrySet()) {
            if (!signature.knows(argument.getKey())) {
                List<String> known =
                        signature.parameters().stream().map(StepParameter::name).toList();
                problems.add(
                        argument.getValue(),
                        name + " has no parameter '" + argument.getKey() + "'"
                                + Suggestion.of(argument.getKey(), known) + "; it takes "
                                + signature.parameterNames());
            }
        }
        if (call.unnamed().size() > 1
                || (!call.unnamed().isEmpty() && !call.named().isEmpty())) {
            problems.add(call.place(), name + ": name the arguments; it takes " + signature.parameterNames());
        } else if (!call.unnamed().isEmpty() && signature.unnamed() == null) {
            problems.add(call.place(), name + ": the argument must be named; it takes " + signature.parameterNames());
        }
        checkRequired(call, signature);
    }

    /** What can be refused before anything runs is; what is computed is checked when the step runs. */
    private void checkConstants(Call call, StepType step) {
        Map<String, Expression> given = new TreeMap<>(call.named());
        if (call.unnamed().size() == 1 && step.signature().unnamed() != null) {
            given.put(step.signature().unnamed(), call.unnamed().get(0));
        }
        Map<String, Object> constants = new LinkedHashMap<>();
        given.forEach((name, expression) -> Literals.value(expression).ifPresent(value -> constants.put(name, value)));
        step.values()
                .problems(constants)
                .forEach((name, problem) -> problems.add(given.getOrDefault(name, call.node()), problem));
    }

    private void checkRequired(Call call, StepSignature signature) {
        for (StepParameter parameter : signature.parameters()) {
            boolean isGiven = call.named().containsKey(parameter.name())
                    || (!call.unnamed().isEmpty() && parameter.name().equals(signature.unnamed()));
            if (parameter.isRequired() && !isGiven) {
                problems.add(call.place(), call.name() + ": the parameter '" + parameter.name() + "' is missing");
            }
        }
        if (signature.body() == StepSignature.Body.REQUIRED && call.body() == null) {
            problems.add(call.place(), call.name() + " step must be called with a body");
        }
    }
}
