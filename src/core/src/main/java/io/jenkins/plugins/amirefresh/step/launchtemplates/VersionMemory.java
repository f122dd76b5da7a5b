package io.jenkins.plugins.amirefresh.step.launchtemplates;

import io.jenkins.plugins.amirefresh.journal.Json;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateId;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersionData;
import io.jenkins.plugins.amirefresh.step.StepState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What was asked of single templates while everything is planned: of many AWS answers a few a second, so it takes several looks,
 * and what one has read the next need not ask again.
 */
final class VersionMemory {

    /** What was read longer ago is read again. */
    private static final Duration FRESH = Duration.ofMinutes(15);

    private static final String PREFIX = "read:";

    private final Instant now;
    private StepState state;

    VersionMemory(StepState state, Instant now) {
        this.state = state;
        this.now = now;
    }

    /** One answer. */
    record Answer(Instant at, List<LaunchTemplateVersionData> versions) {}

    /** With what was read. */
    StepState state() {
        return state;
    }

    /**
     * An answer of AWS, or the one it gave a while ago.
     *
     * @param question what was asked of the template
     */
    List<LaunchTemplateVersionData> of(
            LaunchTemplateId template, String question, Supplier<List<LaunchTemplateVersionData>> asking) {
        String key = PREFIX + template + "/" + question;
        Optional<Answer> known =
                state.read(key, Answer.class).filter(answer -> answer.at().isAfter(now.minus(FRESH)));
        if (known.isPresent()) {
            return known.get().versions();
        }
        List<LaunchTemplateVersionData> versions = asking.get();
        state = state.with(key, Json.write(new Answer(now, versions)));
        return versions;
    }
}
