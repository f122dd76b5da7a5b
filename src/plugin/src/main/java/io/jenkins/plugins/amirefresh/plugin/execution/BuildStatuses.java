package io.jenkins.plugins.amirefresh.plugin.execution;

import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.amirefresh.journal.BuildStatus;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jenkinsci.plugins.workflow.actions.ErrorAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jspecify.annotations.Nullable;

/**
 * How a build stands while one of its steps runs. Declarative has set the result when {@code post} begins; a scripted build has
 * none yet in its own {@code finally}, so there the step that ended just before decides: when it failed, its error is on the way
 * through.
 */
final class BuildStatuses {

    private static final int FAR_ENOUGH = 5_000;

    private BuildStatuses() {}

    /** @param node of the step that asks; null when its build is gone */
    static BuildStatus of(Run<?, ?> run, @Nullable FlowNode node) {
        Result result = run.getResult();
        if (result == null) {
            Optional<ErrorAction> just = node == null
                    ? Optional.empty()
                    : node.getParents().stream()
                            .map(FlowNode::getError)
                            .filter(error -> error != null)
                            .findFirst();
            return just.map(error -> new BuildStatus(Result.FAILURE.toString(), text(error)))
                    .orElse(BuildStatus.GOOD);
        }
        String error = result.isBetterOrEqualTo(Result.UNSTABLE) || node == null
                ? ""
                : nearest(node).map(BuildStatuses::text).orElse("");
        return new BuildStatus(result.toString(), error);
    }

    /** The error that happened last before this step. */
    private static Optional<ErrorAction> nearest(FlowNode from) {
        Deque<FlowNode> next = new ArrayDeque<>(from.getParents());
        Set<String> seen = new HashSet<>();
        while (!next.isEmpty() && seen.size() < FAR_ENOUGH) {
            FlowNode node = next.poll();
            if (!seen.add(node.getId())) {
                continue;
            }
            ErrorAction error = node.getError();
            if (error != null) {
                return Optional.of(error);
            }
            next.addAll(node.getParents());
        }
        return Optional.empty();
    }

    private static String text(ErrorAction error) {
        Throwable thrown = error.getError();
        String message = thrown.getMessage();
        return message == null ? thrown.getClass().getSimpleName() : message;
    }
}
