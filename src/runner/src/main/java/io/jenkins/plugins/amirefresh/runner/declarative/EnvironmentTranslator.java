package io.jenkins.plugins.amirefresh.runner.declarative;

import io.jenkins.plugins.amirefresh.runner.interpreter.StepCatalogue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.PropertyExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.EmptyStatement;
import org.codehaus.groovy.ast.stmt.Statement;

/**
 * Translates {@code environment} blocks into layers: a variable stands in a later layer than those of the same block it
 * refers to, so that their order in the source does not matter.
 */
final class EnvironmentTranslator {
    private static final String NAME = "[A-Za-z_][A-Za-z0-9_]*";

    private final Problems problems;
    private final StepCatalogue catalogue;

    EnvironmentTranslator(Problems problems, StepCatalogue catalogue) {
        this.problems = problems;
        this.catalogue = catalogue;
    }

    /** {@code credentials}: id closures by name; {@code layers}: lists of maps with value closures by name. */
    Expression environment(Call section) {
        Map<String, Expression> variables = new LinkedHashMap<>();
        Ast.MapBuilder credentials = new Ast.MapBuilder();
        ClosureExpression body = section.body();
        if (body == null) {
            problems.add(section.place(), "Expected a block for environment");
            return credentials.build();
        }
        for (Statement statement : Call.statements(body)) {
            if (!(statement instanceof EmptyStatement)) {
                variable(statement, variables, credentials);
            }
        }
        checkConstants(variables);
        List<Expression> layers = new ArrayList<>();
        for (Map<String, Expression> layer : layers(variables)) {
            Ast.MapBuilder map = new Ast.MapBuilder();
            layer.forEach((name, value) -> map.put(name, Ast.later(value)));
            layers.add(map.build());
        }
        return new Ast.MapBuilder()
                .put("credentials", credentials.build())
                .put("layers", Ast.list(layers))
                .build();
    }

    /** A stage that begins days later may have variables of its own: what can be refused before anything runs is. */
    private void checkConstants(Map<String, Expression> variables) {
        Map<String, String> constants = new LinkedHashMap<>();
        variables.forEach((name, expression) ->
                Literals.value(expression).ifPresent(value -> constants.put(name, String.valueOf(value))));
        catalogue
                .variableProblems(constants)
                .forEach((name, problem) -> problems.add(Objects.requireNonNull(variables.get(name)), problem));
    }

    private void variable(Statement statement, Map<String, Expression> variables, Ast.MapBuilder credentials) {
        Expression expression = Call.expression(statement).orElse(null);
        if (!(expression instanceof BinaryExpression assignment)
                || !assignment.getOperation().getText().equals("=")
                || !(assignment.getLeftExpression() instanceof VariableExpression variable)) {
            problems.add(statement, "Expected name=value pairs");
            return;
        }
        String name = variable.getName();
        if (!name.matches(NAME)) {
            problems.add(statement, "\"" + name + "\" is not a valid identifier for an environment variable.");
        }
        Optional<Call> call = Call.of(assignment.getRightExpression());
        if (call.filter(c -> c.name().equals("credentials") && c.unnamed().size() == 1)
                .isPresent()) {
            credentials.put(name, Ast.later(call.get().unnamed().get(0)));
        } else if (variables.put(name, assignment.getRightExpression()) != null) {
            problems.add(statement, "Duplicate environment variable name: \"" + name + "\"");
        }
    }

    private List<Map<String, Expression>> layers(Map<String, Expression> variables) {
        List<Map<String, Expression>> layers = new ArrayList<>();
        Map<String, Expression> left = new LinkedHashMap<>(variables);
        while (!left.isEmpty()) {
            Map<String, Expression> layer = new LinkedHashMap<>();
            left.forEach((name, value) -> {
                Set<String> needed = references(value);
                needed.remove(name);
                needed.retainAll(left.keySet());
                if (needed.isEmpty()) {
                    layer.put(name, value);
                }
            });
            if (layer.isEmpty()) {
                problems.add(
                        left.values().iterator().next(),
                        "the environment variables " + String.join(", ", left.keySet()) + " refer to each other");
                return layers;
            }
            layers.add(layer);
            left.keySet().removeAll(layer.keySet());
        }
        return layers;
    }

    /** Names that {@code value} reads, bare or as a property of {@code env}. */
    private static Set<String> references(Expression value) {
        Set<String> names = new LinkedHashSet<>();
        value.visit(new CodeVisitorSupport() {
            @Override
            public void visitVariableExpression(VariableExpression variable) {
                names.add(variable.getName());
            }

            @Override
            public void visitPropertyExpression(PropertyExpression property) {
                if (property.getObjectExpression().getText().equals("env")) {
                    names.add(property.getPropertyAsString());
                }
                super.visitPropertyExpression(property);
            }
        });
        return names;
    }
}
