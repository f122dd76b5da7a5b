package io.jenkins.plugins.amirefresh.runner.declarative;

import io.jenkins.plugins.amirefresh.runner.interpreter.StepCatalogue;
import io.jenkins.plugins.amirefresh.runner.library.Libraries;
import java.util.Optional;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.expr.ArgumentListExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.BlockStatement;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.Statement;
import org.codehaus.groovy.classgen.GeneratorContext;
import org.codehaus.groovy.control.CompilePhase;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.control.customizers.CompilationCustomizer;

/**
 * Checks each {@code pipeline} block of a script and turns it into a call that passes its model, before the script's
 * names are resolved. A block may stand at the top level of the Jenkinsfile or of a method in {@code vars/}.
 */
public final class DeclarativeCustomizer extends CompilationCustomizer {
    static final String PIPELINE = "pipeline";

    private final StepCatalogue catalogue;
    private final Libraries libraries;

    /** Checks steps against {@code catalogue} and the variables of {@code libraries}. */
    public DeclarativeCustomizer(StepCatalogue catalogue, Libraries libraries) {
        super(CompilePhase.CONVERSION);
        this.catalogue = catalogue;
        this.libraries = libraries;
    }

    @Override
    public void call(SourceUnit source, GeneratorContext context, ClassNode type) {
        if (!type.isScript()) {
            return;
        }
        Problems problems = new Problems(source);
        translate(source.getAST().getStatementBlock(), problems);
        for (MethodNode method : type.getMethods()) {
            if (method.getCode() instanceof BlockStatement block
                    && block != source.getAST().getStatementBlock()) {
                translate(block, problems);
            }
        }
    }

    private void translate(BlockStatement block, Problems problems) {
        for (Statement statement : block.getStatements()) {
            Optional<Call> call = Call.of(statement).filter(c -> c.name().equals(PIPELINE) && c.body() != null);
            if (call.isPresent() && statement instanceof ExpressionStatement expression) {
                PipelineTranslator translator =
                        new PipelineTranslator(problems, new StepsChecker(problems, catalogue, libraries));
                MethodCallExpression replacement = new MethodCallExpression(
                        VariableExpression.THIS_EXPRESSION,
                        PIPELINE,
                        new ArgumentListExpression(translator.translate(call.get())));
                replacement.setSourcePosition(call.get().place());
                expression.setExpression(replacement);
            }
        }
    }
}
