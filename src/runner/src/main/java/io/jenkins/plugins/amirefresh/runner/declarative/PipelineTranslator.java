package io.jenkins.plugins.amirefresh.runner.declarative;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.stmt.EmptyStatement;
import org.codehaus.groovy.ast.stmt.Statement;

/** Translates a {@code pipeline} block into the map that {@code DeclarativePipeline} runs. */
final class PipelineTranslator {
    private static final List<String> SECTIONS = List.of(
            "agent", "environment", "libraries", "options", "parameters", "post", "stages", "tools", "triggers");

    private final Problems problems;
    private final SectionTranslator sections;
    private final StageTranslator stages;

    PipelineTranslator(Problems problems, StepsChecker steps) {
        this.problems = problems;
        this.sections = new SectionTranslator(problems, steps);
        this.stages = new StageTranslator(problems, steps, sections);
    }

    /** The model of a pipeline block; problems are reported, not thrown. */
    Expression translate(Call pipeline) {
        Ast.MapBuilder model = new Ast.MapBuilder();
        Set<String> seen = new HashSet<>();
        ClosureExpression body = pipeline.body();
        if (body == null) {
            throw new IllegalStateException("a pipeline without a block is not translated");
        }
        for (Statement statement : Call.statements(body)) {
            if (statement instanceof EmptyStatement) {
                continue;
            }
            Call.of(statement)
                    .ifPresentOrElse(
                            section -> translate(section, seen, model),
                            () -> problems.add(
                                    statement,
                                    "Not a valid section definition in pipeline { }; a section is one of "
                                            + String.join(", ", SECTIONS) + Call.hint(statement)));
        }
        for (String required : List.of("agent", "stages")) {
            if (!seen.contains(required)) {
                problems.add(pipeline.place(), "Missing required section \"" + required + "\"");
            }
        }
        return model.build();
    }

    private void translate(Call section, Set<String> seen, Ast.MapBuilder model) {
        if (!seen.add(section.name())) {
            problems.add(section.place(), "Multiple occurrences of the " + section.name() + " section");
            return;
        }
        switch (section.name()) {
            case "agent" -> model.put("agent", sections.agent(section));
            case "environment" -> model.put("environment", sections.environment(section));
            case "options" -> model.put("options", sections.options(section, true));
            case "parameters" -> model.put("parameters", sections.symbols(section, SectionTranslator.PARAMETERS));
            case "triggers" -> model.put("triggers", sections.symbols(section, SectionTranslator.TRIGGERS));
            case "libraries" -> model.put("libraries", sections.libraries(section));
            case "post" -> model.put("post", sections.post(section));
            case "stages" -> model.put("stages", stages.stages(section, StageTranslator.Nesting.PLAIN));
            case "tools" ->
                problems.add(
                        section.place(),
                        "the section 'tools' is not run in a rehearsal: it installs tools on an agent");
            default ->
                problems.add(
                        section.place(),
                        "Undefined section \"" + section.name() + "\"; a pipeline has " + String.join(", ", SECTIONS));
        }
    }
}
