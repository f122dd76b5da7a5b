package io.jenkins.plugins.amirefresh.runner.steps.files;

import io.jenkins.plugins.amirefresh.runner.interpreter.BodyCallback;
import io.jenkins.plugins.amirefresh.runner.interpreter.StepContext;
import io.jenkins.plugins.amirefresh.runner.interpreter.StepExecution;
import io.jenkins.plugins.amirefresh.runner.interpreter.Workplace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;

/** Takes a node with a workspace: a second one at the same time gets {@code @2}, as in Jenkins. */
final class NodeExecution extends StepExecution implements BodyCallback {
    private static final long serialVersionUID = 1L;
    private static final String BUILT_IN = "built-in";

    private final String label;
    private final String wantedWorkspace;
    private String workspace = "";

    private NodeExecution(StepContext context, String label, String wantedWorkspace) {
        super(context);
        this.label = label;
        this.wantedWorkspace = wantedWorkspace;
    }

    /** Takes a node with that label. */
    static NodeExecution node(StepContext context, String label) {
        return new NodeExecution(context, label, "");
    }

    /** Takes another workspace on the node it runs on. */
    static NodeExecution workspace(StepContext context, String name) {
        return new NodeExecution(context, "", name);
    }

    @Override
    public void start() throws IOException {
        String node = label.matches("[\\w.-]+") ? label : BUILT_IN;
        if (!wantedWorkspace.isEmpty()) {
            node = context().workplace().node();
        }
        Path directory = freeWorkspace();
        workspace = directory.toString();
        Files.createDirectories(directory);
        String shown = context().build().directory().relativize(directory).toString();
        context().print("Running " + (wantedWorkspace.isEmpty() ? "on " + node + " " : "") + "in " + shown);
        context().runBody(context().block().at(new Workplace(node, workspace, workspace)), this);
    }

    private Path freeWorkspace() {
        Path root = context().build().directory().resolve("workspace");
        String name = wantedWorkspace.isEmpty() ? context().build().settings().jobName() : wantedWorkspace;
        Set<String> taken = context().runtime().waiting().stream()
                .filter(NodeExecution.class::isInstance)
                .map(step -> ((NodeExecution) step).workspace)
                .collect(Collectors.toSet());
        Path first = root.resolve(name).normalize();
        Path candidate = first;
        for (int i = 2; taken.contains(candidate.toString()); i++) {
            candidate = first.resolveSibling(first.getFileName() + "@" + i);
        }
        return candidate;
    }
}
