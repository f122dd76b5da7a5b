package io.jenkins.plugins.amirefresh.runner.interpreter;

import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.syntax.SyntaxException;

/** Correct Groovy that is no correct pipeline. */
public final class PipelineSyntaxException extends SyntaxException {
    private static final long serialVersionUID = 1L;

    /** At the place of {@code node}. */
    public PipelineSyntaxException(String message, ASTNode node) {
        super(message, node.getLineNumber(), node.getColumnNumber());
    }
}
