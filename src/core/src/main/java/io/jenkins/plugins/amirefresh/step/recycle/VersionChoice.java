package io.jenkins.plugins.amirefresh.step.recycle;

import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterException;
import io.jenkins.plugins.amirefresh.step.parameters.Parameters;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which launch template version groups are brought to, by the parameter {@code launchTemplateVersion}.
 *
 * @param number the same for all; null for none
 * @param isLaunched the one that each group launches
 */
record VersionChoice(@Nullable LaunchTemplateVersion number, boolean isLaunched) {

    /** Each group is brought to what it launches, whoever chose that. */
    static final String LAUNCHED = "launched";

    static VersionChoice of(Parameters parameters) {
        String text = parameters.text(RecycleAsgs.VERSION).orElse("");
        if (text.isEmpty() || text.equals(LAUNCHED)) {
            return new VersionChoice(null, !text.isEmpty());
        }
        int number = Integer.parseInt(text);
        if (number < 1) {
            throw ParameterException.of(RecycleAsgs.VERSION, text, "1 or more");
        }
        return new VersionChoice(new LaunchTemplateVersion(number), false);
    }

    /** Somebody said which it shall be: neither the build's own version nor the newest one is meant. */
    boolean isGiven() {
        return number != null || isLaunched;
    }

    /** The number that was given, else another. */
    LaunchTemplateVersion numberOr(LaunchTemplateVersion other) {
        return Optional.ofNullable(number).orElse(other);
    }
}
