package io.jenkins.plugins.amirefresh.events;

import io.jenkins.plugins.amirefresh.events.Verdict.Word;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import java.util.Map;
import java.util.TreeSet;

/** Whether a group is recycled when something changes, by its tags. The words are those of aws-autorecycle. */
public final class EventDecider {

    private final Map<String, String> tagNames;
    private final Map<String, String> jobs;
    private final String ownJob;

    /**
     * Decides by these.
     *
     * @param tagNames configured name by standard name
     * @param jobs the job by what the group's tag calls it
     * @param ownJob the job that decides
     */
    public EventDecider(Map<String, String> tagNames, Map<String, String> jobs, String ownJob) {
        this.tagNames = tagNames;
        this.jobs = jobs;
        this.ownJob = ownJob;
    }

    /**
     * What its tags make of a group.
     *
     * @param environment empty without one
     */
    public Verdict decide(GroupObservation group, String environment) {
        RecycleTags tags = RecycleTags.of(group.tags(), tagNames);
        String name = RecycleTags.component(group.key().name().value(), group.tags(), tagNames);
        Audience audience = new Audience(name, tags.channel(), tags.pages(), tags.team());
        String component = "The component " + name + " is ";
        String place = environment.isEmpty() ? "" : " in " + environment;
        if (!tags.missing().isEmpty()) {
            return verdict(
                    group,
                    Word.IGNORED,
                    component + "not recycleable" + place + " - missing required tags " + tags.missing(),
                    audience);
        }
        String problem = tags.problem().isEmpty() ? tags.pagesProblem() : tags.problem();
        if (!problem.isEmpty()) {
            return verdict(group, Word.REFUSED, problem, audience);
        }
        if (!tags.isOptedIn()) {
            return verdict(group, Word.IGNORED, component + "not recycleable" + place, audience);
        }
        if (!tags.job().isEmpty()) {
            String job = jobs.get(tags.job());
            if (job == null) {
                return verdict(
                        group,
                        Word.REFUSED,
                        "tag autorecycle_step_function_name: '" + tags.job() + "' is not allowed; give autorecycle"
                                + (jobs.isEmpty()
                                        ? ""
                                        : " or one of " + String.join(", ", new TreeSet<>(jobs.keySet())))
                                + ", or add it to the parameter jobs",
                        audience);
            }
            if (!job.equals(ownJob)) {
                return verdict(group, Word.HANDED_OVER, job, audience);
            }
        }
        return verdict(group, Word.RECYCLED, component + "recycleable" + place, audience);
    }

    private static Verdict verdict(GroupObservation group, Word word, String reason, Audience audience) {
        return new Verdict(group.key(), group.at(), word, reason, audience);
    }
}
