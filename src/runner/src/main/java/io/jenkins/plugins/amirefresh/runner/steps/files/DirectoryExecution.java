package io.jenkins.plugins.amirefresh.runner.steps.files;

import io.jenkins.plugins.amirefresh.runner.interpreter.BodyCallback;
import io.jenkins.plugins.amirefresh.runner.interpreter.StepContext;
import io.jenkins.plugins.amirefresh.runner.interpreter.StepExecution;
import io.jenkins.plugins.amirefresh.runner.interpreter.Workplace;
import java.io.IOException;
import java.nio.file.Files;

/** Runs its block in another directory. */
final class DirectoryExecution extends StepExecution implements BodyCallback {
    private static final long serialVersionUID = 1L;

    private final String path;

    DirectoryExecution(StepContext context, String path) {
        super(context);
        this.path = path;
    }

    @Override
    public void start() throws IOException {
        Workplace inside = context().workplace().in(path);
        Files.createDirectories(inside.path());
        context().print("Running in " + context().build().directory().relativize(inside.path()));
        context().runBody(context().block().at(inside), this);
    }
}
