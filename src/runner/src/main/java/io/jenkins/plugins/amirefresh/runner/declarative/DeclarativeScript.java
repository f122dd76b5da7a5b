package io.jenkins.plugins.amirefresh.runner.declarative;

import io.jenkins.plugins.amirefresh.runner.interpreter.PipelineCompiler;
import io.jenkins.plugins.amirefresh.runner.interpreter.ScriptCompilationException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The pipeline code that runs a Declarative model: it is transformed and saved like the pipeline's own. */
public final class DeclarativeScript {
    /** The class of the script. */
    public static final String CLASS_NAME = "DeclarativePipeline";

    private static final String RESOURCE = CLASS_NAME + ".cps";

    private DeclarativeScript() {}

    /** Compiles it, so that its class can be loaded by name. */
    public static void compile(PipelineCompiler compiler) throws IOException, ScriptCompilationException {
        try (InputStream in = DeclarativeScript.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing from the runner's jar");
            }
            compiler.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), RESOURCE);
        }
    }
}
