package io.jenkins.plugins.amirefresh.runner.interpreter;

import java.util.List;

/** A script cannot be compiled; each problem is one line that says where and what. */
public final class ScriptCompilationException extends Exception {
    private static final long serialVersionUID = 1L;

    private final List<String> problems;
    private final boolean isRefusedPipeline;

    ScriptCompilationException(List<String> problems, boolean isRefusedPipeline, Throwable cause) {
        super(String.join("\n", problems), cause);
        this.problems = List.copyOf(problems);
        this.isRefusedPipeline = isRefusedPipeline;
    }

    /** One line each, in the order of the source. */
    public List<String> problems() {
        return problems;
    }

    /** Whether the Groovy is fine and only Declarative refuses it. */
    public boolean isRefusedPipeline() {
        return isRefusedPipeline;
    }
}
