package io.jenkins.plugins.amirefresh.step.recycle;

import io.jenkins.plugins.amirefresh.step.parameters.ParameterException;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterSpec;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterType;
import io.jenkins.plugins.amirefresh.step.parameters.Parameters;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * That a person has to say yes before a wave starts, as in Jenkins' own {@code input}.
 *
 * @param id how the answer of a rehearsal names it
 * @param submitters users and groups who may answer; empty for whoever may build the job
 * @param expires how long the question stands, null for as long as the build
 */
record Approval(String id, String message, List<String> submitters, @Nullable Duration expires) {

    static final String NAME = "approval";
    private static final List<ParameterSpec> SPECS = List.of(
            ParameterSpec.optional("message", ParameterType.TEXT, "the wave's name", ""),
            ParameterSpec.optional("submitter", ParameterType.LIST, "who may build the job", ""),
            ParameterSpec.optional("expires", ParameterType.DURATION, "never", ""));

    /** Copies the list. */
    Approval {
        submitters = List.copyOf(submitters);
    }

    static ParameterSpec spec() {
        return ParameterSpec.map(NAME, SPECS.stream().map(ParameterSpec::name).toList(), "");
    }

    /** Null when the wave asks for none. */
    static @Nullable Approval of(Parameters wave, String path, int number) {
        Map<String, Object> given = wave.map(NAME);
        if (given.isEmpty()) {
            if (wave.asMap().containsKey(NAME)) {
                throw ParameterException.of(
                        NAME, "[:]", "a message, a submitter or expires; leave it out to ask nobody");
            }
            return null;
        }
        try {
            Parameters parameters = Parameters.parse(path + "." + NAME, SPECS, given);
            return new Approval(
                    "wave-" + number,
                    parameters.text("message").orElse(""),
                    parameters.list("submitter"),
                    parameters.duration("expires").orElse(null));
        } catch (ParameterException e) {
            throw e.within(NAME);
        }
    }
}
