package io.jenkins.plugins.amirefresh.runner.library;

import io.jenkins.plugins.amirefresh.runner.build.AbortException;
import io.jenkins.plugins.amirefresh.runner.interpreter.PipelineSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.codehaus.groovy.ast.AnnotatedNode;
import org.codehaus.groovy.ast.AnnotationNode;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.DeclarationExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.ListExpression;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.Statement;
import org.codehaus.groovy.classgen.GeneratorContext;
import org.codehaus.groovy.control.CompilePhase;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.control.customizers.CompilationCustomizer;

/** Loads the libraries a script names in {@code @Library}, before the script's own names are resolved. */
public final class LibraryCustomizer extends CompilationCustomizer {
    private final Libraries libraries;

    /** Loads into {@code libraries}. */
    public LibraryCustomizer(Libraries libraries) {
        super(CompilePhase.CONVERSION);
        this.libraries = libraries;
    }

    @Override
    public void call(SourceUnit source, GeneratorContext context, ClassNode type) {
        if (!type.isScript()) {
            return;
        }
        for (AnnotatedNode node : annotated(source)) {
            for (AnnotationNode annotation : node.getAnnotations()) {
                if (annotation.getClassNode().getNameWithoutPackage().equals("Library")) {
                    load(source, annotation);
                }
            }
        }
    }

    private static List<AnnotatedNode> annotated(SourceUnit source) {
        List<AnnotatedNode> nodes = new ArrayList<>();
        nodes.addAll(source.getAST().getImports());
        nodes.addAll(source.getAST().getStarImports());
        for (Statement statement : source.getAST().getStatementBlock().getStatements()) {
            if (statement instanceof ExpressionStatement expression
                    && expression.getExpression() instanceof DeclarationExpression declaration) {
                nodes.add(declaration);
            }
        }
        return nodes;
    }

    private void load(SourceUnit source, AnnotationNode annotation) {
        Expression value = annotation.getMember("value");
        Stream<Expression> names =
                value instanceof ListExpression list ? list.getExpressions().stream() : Stream.ofNullable(value);
        names.forEach(name -> {
            if (name instanceof ConstantExpression constant) {
                load(source, annotation, String.valueOf(constant.getValue()));
            } else {
                source.addError(new PipelineSyntaxException("@Library takes the libraries' names as text", annotation));
            }
        });
    }

    private void load(SourceUnit source, AnnotationNode annotation, String name) {
        try {
            libraries.load(name);
        } catch (AbortException e) {
            source.addError(new PipelineSyntaxException(String.valueOf(e.getMessage()), annotation));
        }
    }
}
