package io.jenkins.plugins.amirefresh.step.preflight;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What speaks against work on a group.
 *
 * @param risk what it takes to go on all the same, null when nothing but the cure helps
 * @param why what is wrong and what cures it, one line
 */
public record Objection(@Nullable Risk risk, String why) {

    /** The line of a refusal: what is wrong, what cures it, and the way round. */
    public String text() {
        return text("");
    }

    /** The same where another step has the parameter {@code allow}. */
    public String text(String step) {
        return risk == null
                ? why
                : why + " (or take it on with " + (step.isEmpty() ? "" : step + " ") + "allow: '" + risk.word() + "')";
    }

    boolean isTakenOn(Set<Risk> allowed) {
        return risk != null && allowed.contains(risk);
    }
}
