package io.jenkins.plugins.amirefresh.runner.globals;

import io.jenkins.plugins.amirefresh.runner.interpreter.GlobalVariables;
import io.jenkins.plugins.amirefresh.runner.interpreter.PipelineCompiler;
import io.jenkins.plugins.amirefresh.runner.interpreter.PipelineRuntime;
import io.jenkins.plugins.amirefresh.runner.interpreter.PipelineScript;
import io.jenkins.plugins.amirefresh.runner.interpreter.ScriptCompilationException;
import io.jenkins.plugins.amirefresh.runner.interpreter.Symbol;
import io.jenkins.plugins.amirefresh.runner.library.Libraries;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.codehaus.groovy.control.CompilationFailedException;
import org.jspecify.annotations.Nullable;

/** The variables of a build: Jenkins' own, Declarative's, and those of the loaded libraries. */
public final class Globals implements GlobalVariables {
    private static final Set<String> OWN = Set.of("env", "params", "currentBuild", "scm", "pipeline");

    private final PipelineCompiler compiler;
    private final Libraries libraries;
    private final String declarativeScript;
    private final Function<PipelineRuntime, Object> declarativeSupport;
    private @Nullable PipelineRuntime runtime;

    /**
     * Variables without a build.
     *
     * @param declarativeScript the class that runs a Declarative pipeline
     * @param declarativeSupport what that script finds as {@code support}
     */
    public Globals(
            PipelineCompiler compiler,
            Libraries libraries,
            String declarativeScript,
            Function<PipelineRuntime, Object> declarativeSupport) {
        this.compiler = compiler;
        this.libraries = libraries;
        this.declarativeScript = declarativeScript;
        this.declarativeSupport = declarativeSupport;
    }

    /** Connects the variables to their build. */
    public void attach(PipelineRuntime build) {
        runtime = build;
    }

    @Override
    public Optional<Object> find(String name, PipelineScript script) {
        PipelineRuntime build = runtime;
        if (build == null) {
            return Optional.empty();
        }
        return switch (name) {
            case "env" -> Optional.of(new EnvVariable(build));
            case "params" -> Optional.of(new LinkedHashMap<>(build.build().parameters()));
            case "currentBuild" -> Optional.of(new CurrentBuild(build));
            case "scm" -> Optional.of(new Symbol("scm", Map.of()));
            case "pipeline" -> Optional.of(instance(declarativeScript, script, build));
            default -> libraries.hasVariable(name) ? Optional.of(instance(name, script, build)) : Optional.empty();
        };
    }

    /** One instance for each script, kept among its variables, so that fields keep their values. */
    private Object instance(String className, PipelineScript script, PipelineRuntime build) {
        if (script.getBinding().hasVariable(className)) {
            return script.getBinding().getVariable(className);
        }
        try {
            PipelineScript created = compiler.load(className);
            created.attach(build);
            if (className.equals(declarativeScript)) {
                created.getBinding().setVariable("support", declarativeSupport.apply(build));
            }
            script.getBinding().setVariable(className, created);
            return created;
        } catch (ScriptCompilationException e) {
            throw new CompilationFailedException(0, null, e) {
                private static final long serialVersionUID = 1L;

                @Override
                public String getMessage() {
                    return String.valueOf(e.getMessage());
                }
            };
        }
    }

    @Override
    public Set<String> names() {
        Set<String> names = new TreeSet<>(OWN);
        names.addAll(libraries.variables());
        return names;
    }
}
