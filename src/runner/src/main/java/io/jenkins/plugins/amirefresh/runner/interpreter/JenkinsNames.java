package io.jenkins.plugins.amirefresh.runner.interpreter;

import io.jenkins.plugins.amirefresh.runner.build.AbortException;
import io.jenkins.plugins.amirefresh.runner.build.BuildResult;
import io.jenkins.plugins.amirefresh.runner.build.FlowInterruptedException;
import java.util.Map;
import org.codehaus.groovy.ast.ClassCodeVisitorSupport;
import org.codehaus.groovy.ast.ClassHelper;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.expr.CastExpression;
import org.codehaus.groovy.ast.expr.ClassExpression;
import org.codehaus.groovy.ast.expr.ConstructorCallExpression;
import org.codehaus.groovy.ast.stmt.CatchStatement;
import org.codehaus.groovy.classgen.GeneratorContext;
import org.codehaus.groovy.control.CompilePhase;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.control.customizers.CompilationCustomizer;

/** Lets scripts name the few Jenkins classes that pipelines catch and compare, by their names in Jenkins. */
final class JenkinsNames extends CompilationCustomizer {
    private static final Map<String, Class<?>> CLASSES = Map.of(
            "hudson.AbortException", AbortException.class,
            "hudson.model.Result", BuildResult.class,
            "org.jenkinsci.plugins.workflow.steps.FlowInterruptedException", FlowInterruptedException.class,
            "org.jenkinsci.plugins.workflow.steps.MissingContextVariableException", MissingNodeException.class,
            "org.jenkinsci.plugins.scriptsecurity.sandbox.RejectedAccessException", RejectedAccessException.class);

    JenkinsNames() {
        super(CompilePhase.CONVERSION);
    }

    @Override
    public void call(SourceUnit source, GeneratorContext context, ClassNode type) {
        source.getAST().getImports().forEach(imported -> replace(imported.getType()));
        new Visitor(source).visitClass(type);
    }

    private static void replace(ClassNode type) {
        Class<?> ours = CLASSES.get(type.getName());
        if (ours != null && !type.isResolved()) {
            type.setRedirect(ClassHelper.make(ours));
        }
    }

    private static final class Visitor extends ClassCodeVisitorSupport {
        private final SourceUnit source;

        Visitor(SourceUnit source) {
            this.source = source;
        }

        @Override
        protected SourceUnit getSourceUnit() {
            return source;
        }

        @Override
        public void visitCatchStatement(CatchStatement statement) {
            replace(statement.getExceptionType());
            super.visitCatchStatement(statement);
        }

        @Override
        public void visitClassExpression(ClassExpression expression) {
            replace(expression.getType());
        }

        @Override
        public void visitConstructorCallExpression(ConstructorCallExpression call) {
            replace(call.getType());
            super.visitConstructorCallExpression(call);
        }

        @Override
        public void visitCastExpression(CastExpression cast) {
            replace(cast.getType());
            super.visitCastExpression(cast);
        }
    }
}
