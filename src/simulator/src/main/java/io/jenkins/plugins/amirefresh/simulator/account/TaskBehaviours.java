package io.jenkins.plugins.amirefresh.simulator.account;

import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The declared behaviours of tasks, resolved for one task. */
public final class TaskBehaviours {

    /** What a task takes when nobody declares anything. */
    private static final Duration START = Duration.ofSeconds(30);

    private static final Duration HEALTHY = Duration.ofSeconds(20);

    private final List<TaskBehaviour> declared;
    private final Set<TaskBehaviour> matched = Collections.newSetFromMap(new IdentityHashMap<>());

    /** @param declared in the file's order */
    public TaskBehaviours(List<TaskBehaviour> declared) {
        this.declared = List.copyOf(declared);
    }

    /** How this task behaves. */
    public Conduct of(TaskFacts facts) {
        Conduct result = new Conduct(START, HEALTHY, null);
        for (TaskBehaviour behaviour : declared) {
            if (matches(behaviour.match(), facts)) {
                matched.add(behaviour);
                result = result.overriddenBy(behaviour);
            }
        }
        return result;
    }

    /** Those that no task has met so far, in the file's order. */
    public List<TaskBehaviour> unmatched() {
        return declared.stream()
                .filter(behaviour -> !matched.contains(behaviour))
                .toList();
    }

    private static boolean matches(TaskBehaviour.Match match, TaskFacts facts) {
        return Wildcard.matches(match.account(), facts.accountId())
                && Wildcard.matches(match.region(), facts.region())
                && Wildcard.matches(match.cluster(), facts.cluster())
                && Wildcard.matches(match.service(), facts.service())
                && Wildcard.matches(match.family(), facts.family())
                && (match.image() == null
                        || facts.images().stream().anyMatch(image -> Wildcard.matches(match.image(), image)));
    }

    /** What the declared matches can ask of a task. */
    public record TaskFacts(
            String accountId, String region, String cluster, String service, String family, List<String> images) {

        public TaskFacts {
            images = List.copyOf(images);
        }
    }

    /**
     * One task's behaviour.
     *
     * @param start from launch to RUNNING
     * @param healthy from RUNNING until its health checks pass
     * @param fails null: it works
     */
    public record Conduct(Duration start, Duration healthy, TaskBehaviour.@Nullable Failure fails) {

        private Conduct overriddenBy(TaskBehaviour behaviour) {
            TaskBehaviour.Failure failure = behaviour.fails() == null ? fails : behaviour.fails();
            return new Conduct(
                    Lists.or(behaviour.start(), start),
                    Lists.or(behaviour.healthy(), healthy),
                    failure != null && failure.how().equals("never") ? null : failure);
        }

        /** It fails in this way. */
        public boolean fails(String how) {
            return fails != null && fails.how().equals(how);
        }
    }
}
