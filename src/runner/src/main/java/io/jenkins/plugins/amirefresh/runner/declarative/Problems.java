package io.jenkins.plugins.amirefresh.runner.declarative;

import io.jenkins.plugins.amirefresh.runner.interpreter.PipelineSyntaxException;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.control.SourceUnit;

/** Collects what is wrong with a pipeline, so that one run shows all of it. */
final class Problems {
    private final SourceUnit source;

    Problems(SourceUnit source) {
        this.source = source;
    }

    /** Reports a problem at a place. */
    void add(ASTNode place, String message) {
        source.addError(new PipelineSyntaxException(message, place));
    }
}
