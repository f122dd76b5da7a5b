package io.jenkins.plugins.amirefresh.step.buildami;

import io.jenkins.plugins.amirefresh.ami.AmiTags;
import io.jenkins.plugins.amirefresh.model.ImageFamily;
import io.jenkins.plugins.amirefresh.step.RunIdentity;
import io.jenkins.plugins.amirefresh.step.StepHost;
import java.util.Map;
import java.util.TreeMap;

/** What every AMI of a build says about itself. */
final class Provenance {

    private final ImageFamily family;
    private final RunIdentity run;
    private final String commit;

    Provenance(ImageFamily family, StepHost host) {
        this.family = family;
        this.run = host.run();
        this.commit = host.environment().getOrDefault("GIT_COMMIT", "");
    }

    Map<String, String> tags(BuildState state) {
        Map<String, String> tags = new TreeMap<>();
        tags.put(AmiTags.FAMILY, family.value());
        tags.put(AmiTags.BUILD_KEY, state.buildKey());
        tags.put(AmiTags.RUN, run.id());
        tags.put(AmiTags.JOB, run.jobName());
        tags.put(AmiTags.BUILD_URL, run.buildUrl());
        tags.put(AmiTags.COMMIT, commit);
        tags.put(AmiTags.SOURCE_AMI, state.sourceAmi());
        tags.values().removeIf(String::isEmpty);
        tags.replaceAll((name, value) ->
                value.length() <= AmiTags.LONGEST_VALUE ? value : value.substring(0, AmiTags.LONGEST_VALUE));
        return tags;
    }
}
