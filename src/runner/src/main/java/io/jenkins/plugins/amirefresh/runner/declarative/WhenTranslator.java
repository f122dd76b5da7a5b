package io.jenkins.plugins.amirefresh.runner.declarative;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.stmt.EmptyStatement;
import org.codehaus.groovy.ast.stmt.Statement;

/** Translates {@code when} blocks. */
final class WhenTranslator {
    private static final List<String> MOMENTS = List.of("beforeAgent", "beforeInput", "beforeOptions");
    private static final Map<String, List<String>> SIMPLE = Map.of(
            "branch", List.of("pattern", "comparator"),
            "environment", List.of("name", "value", "ignoreCase"),
            "equals", List.of("expected", "actual"),
            "buildingTag", List.of(),
            "tag", List.of("pattern", "comparator"),
            "triggeredBy", List.of("cause", "detail"),
            "changelog", List.of("pattern"),
            "changeset", List.of("pattern", "glob", "comparator", "caseSensitive"),
            "changeRequest",
                    List.of(
                            "id",
                            "target",
                            "branch",
                            "fork",
                            "url",
                            "title",
                            "author",
                            "authorDisplayName",
                            "authorEmail",
                            "comparator"),
            "isRestartedRun", List.of());
    private static final List<String> NESTING = List.of("allOf", "anyOf", "not");
    private static final String EXPRESSION = "expression";

    private final Problems problems;

    WhenTranslator(Problems problems) {
        this.problems = problems;
    }

    /** The conditions of a stage, all of which must hold, and when they are evaluated. */
    Expression when(Call section) {
        Ast.MapBuilder model = new Ast.MapBuilder();
        List<Expression> conditions = new ArrayList<>();
        for (Call call : calls(section)) {
            if (MOMENTS.contains(call.name())) {
                model.put(call.name(), flag(call));
            } else {
                conditions.add(condition(call));
            }
        }
        if (conditions.isEmpty()) {
            problems.add(section.place(), "Empty when closure, remove the property or add some content.");
        }
        return model.put("conditions", Ast.list(conditions)).build();
    }

    private List<Call> calls(Call section) {
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
                problems.add(statement, "Expected a when condition");
            }
        }
        return calls;
    }

    private Expression flag(Call call) {
        if (call.unnamed().size() == 1
                && call.unnamed().get(0) instanceof ConstantExpression constant
                && constant.getValue() instanceof Boolean value) {
            return Ast.flag(value);
        }
        problems.add(call.place(), "Expected a boolean with " + call.name());
        return Ast.flag(false);
    }

    private Expression condition(Call call) {
        Ast.MapBuilder model = new Ast.MapBuilder().put("type", Ast.text(call.name()));
        if (NESTING.contains(call.name())) {
            List<Expression> children =
                    calls(call).stream().map(this::condition).toList();
            if (children.isEmpty()) {
                problems.add(
                        call.place(),
                        "Nested when condition \"" + call.name() + "\" requires at least one child condition.");
            } else if (call.name().equals("not") && children.size() > 1) {
                problems.add(call.place(), "Nested when condition \"not\" requires exactly 1 child condition(s).");
            }
            return model.put("children", Ast.list(children)).build();
        }
        if (call.name().equals(EXPRESSION)) {
            ClosureExpression body = call.body();
            if (body == null) {
                problems.add(call.place(), "Expected a block for expression");
                return model.build();
            }
            return model.put("value", body).build();
        }
        return model.put("arguments", Ast.later(arguments(call))).build();
    }

    private Expression arguments(Call call) {
        List<String> known = SIMPLE.get(call.name());
        Ast.MapBuilder arguments = new Ast.MapBuilder();
        if (known == null) {
            problems.add(
                    call.place(),
                    "Unknown conditional " + call.name()
                            + ". Valid conditionals are: allOf, anyOf, branch, buildingTag, changeRequest, changelog, "
                            + "changeset, environment, equals, expression, isRestartedRun, not, tag, triggeredBy");
            return arguments.build();
        }
        call.named().forEach((name, value) -> {
            if (!known.contains(name)) {
                problems.add(value, "the condition " + call.name() + " has no parameter '" + name + "'");
            }
            arguments.put(name, value);
        });
        if (!call.unnamed().isEmpty()) {
            if (known.isEmpty() || call.unnamed().size() > 1) {
                problems.add(call.place(), "too many arguments for the condition " + call.name());
            } else {
                arguments.put(known.get(0), call.unnamed().get(0));
            }
        }
        return arguments.build();
    }
}
