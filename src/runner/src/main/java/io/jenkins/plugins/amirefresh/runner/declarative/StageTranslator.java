package io.jenkins.plugins.amirefresh.runner.declarative;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.stmt.EmptyStatement;
import org.codehaus.groovy.ast.stmt.Statement;

/** Translates stages, nested and parallel ones included. */
final class StageTranslator {
    /** Where a list of stages stands. */
    enum Nesting {
        PLAIN,
        PARALLEL
    }

    private static final List<String> CONTENTS = List.of("steps", "stages", "parallel");

    private final Problems problems;
    private final StepsChecker steps;
    private final SectionTranslator sections;
    private final WhenTranslator conditions;
    private final Set<String> names = new HashSet<>();

    StageTranslator(Problems problems, StepsChecker steps, SectionTranslator sections) {
        this.problems = problems;
        this.steps = steps;
        this.sections = sections;
        this.conditions = new WhenTranslator(problems);
    }

    /** The stages of a {@code stages} or {@code parallel} block. */
    Expression stages(Call section, Nesting nesting) {
        List<Expression> all = new ArrayList<>();
        ClosureExpression body = section.body();
        if (body == null) {
            problems.add(section.place(), "Expected a block for " + section.name());
            return Ast.list(all);
        }
        for (Statement statement : Call.statements(body)) {
            if (statement instanceof EmptyStatement) {
                continue;
            }
            Optional<Call> call = Call.of(statement);
            if (call.filter(c -> c.name().equals("stage")).isPresent()) {
                all.add(stage(call.get(), nesting));
            } else if (call.filter(c -> c.name().equals("matrix")).isPresent()) {
                refuseMatrix(call.get());
            } else {
                problems.add(statement, "Expected a stage" + Call.hint(statement));
            }
        }
        if (all.isEmpty()) {
            problems.add(section.place(), "No stages specified");
        }
        return Ast.list(all);
    }

    private void refuseMatrix(Call matrix) {
        problems.add(matrix.place(), "'matrix' is not run in a rehearsal; write the cells as parallel stages");
    }

    private Expression stage(Call stage, Nesting nesting) {
        Ast.MapBuilder model = new Ast.MapBuilder();
        String name = stage.constantText().orElse("");
        if (name.isEmpty()) {
            problems.add(stage.place(), "Expected a stage name but did not find any");
        } else if (!names.add(name)) {
            problems.add(stage.place(), "Duplicate stage name: \"" + name + "\"");
        }
        model.put("name", Ast.text(name));
        ClosureExpression body = stage.body();
        if (body == null) {
            problems.add(stage.place(), "Stage does not have a block");
            return model.build();
        }
        Map<String, Call> seen = new HashMap<>();
        for (Statement statement : Call.statements(body)) {
            if (!(statement instanceof EmptyStatement)) {
                Call.of(statement)
                        .ifPresentOrElse(
                                section -> section(section, seen, model, nesting),
                                () -> problems.add(
                                        statement,
                                        "Not a valid stage section definition; steps go into a steps { } block"
                                                + Call.hint(statement)));
            }
        }
        checkContents(stage, name, seen);
        return model.build();
    }

    private void section(Call section, Map<String, Call> seen, Ast.MapBuilder model, Nesting nesting) {
        if (seen.put(section.name(), section) != null) {
            problems.add(section.place(), "Multiple occurrences of the " + section.name() + " section");
            return;
        }
        switch (section.name()) {
            case "agent" -> model.put("agent", sections.agent(section));
            case "environment" -> model.put("environment", sections.environment(section));
            case "options" -> model.put("options", sections.options(section, false));
            case "post" -> model.put("post", sections.post(section));
            case "input" -> model.put("input", sections.input(section));
            case "when" -> model.put("when", conditions.when(section));
            case "failFast" -> model.put("failFast", failFast(section));
            case "steps" -> model.put("steps", steps(section));
            case "stages" -> model.put("stages", stages(section, Nesting.PLAIN));
            case "parallel" -> {
                if (nesting == Nesting.PARALLEL) {
                    problems.add(
                            section.place(),
                            "\"matrix\" or \"parallel\" cannot be nested inside another \"matrix\" or \"parallel\".");
                }
                model.put("parallel", stages(section, Nesting.PARALLEL));
            }
            case "matrix" -> refuseMatrix(section);
            case "tools" ->
                problems.add(
                        section.place(),
                        "the section 'tools' is not run in a rehearsal: it installs tools on an agent");
            default ->
                problems.add(
                        section.place(),
                        "Unknown stage section \"" + section.name() + "\"; steps go into a steps { } block");
        }
    }

    private Expression failFast(Call section) {
        if (section.unnamed().size() == 1
                && section.unnamed().get(0) instanceof ConstantExpression constant
                && constant.getValue() instanceof Boolean value) {
            return Ast.flag(value);
        }
        problems.add(section.place(), "Expected a boolean with failFast");
        return Ast.flag(false);
    }

    private Expression steps(Call section) {
        ClosureExpression body = section.body();
        if (body == null) {
            problems.add(section.place(), "Expected a block for steps");
            return Ast.later(Ast.text(""));
        }
        if (Call.statements(body).stream().allMatch(EmptyStatement.class::isInstance)) {
            problems.add(section.place(), "No steps specified for branch");
        }
        steps.check(body);
        return body;
    }

    private void checkContents(Call stage, String name, Map<String, Call> seen) {
        List<String> contents = CONTENTS.stream().filter(seen::containsKey).toList();
        if (contents.isEmpty() && !seen.containsKey("matrix")) {
            problems.add(
                    stage.place(), "Expected one of \"steps\", \"stages\", or \"parallel\" for stage \"" + name + "\"");
        } else if (contents.size() > 1) {
            problems.add(
                    stage.place(),
                    "Only one of \"matrix\", \"parallel\", \"stages\", or \"steps\" allowed for stage \"" + name
                            + "\"");
        }
        Call agent = seen.get("agent");
        boolean isNone = agent != null
                && agent.unnamed().size() == 1
                && agent.unnamed().get(0).getText().equals("none");
        if (seen.containsKey("parallel") && agent != null && !isNone) {
            problems.add(
                    agent.place(),
                    "\"agent\" is not allowed in stage \"" + name + "\" as it contains parallel or matrix stages");
        }
    }
}
