package io.jenkins.plugins.amirefresh.step.preflight;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What speaks against work on a group.
 *
 * @param risk what it takes to go on all the same, null when nothing but the cure helps
 * @param why what is wrong and what cures it, one line
 */
record Objection(@Nullable Risk risk, String why) {

    /** The line of a refusal: what is wrong, what cures it, and the way round. */
    String text() {
        return risk == null ? why : why + " (or take it on with allow: '" + risk.word() + "')";
    }

    boolean isTakenOn(Set<Risk> allowed) {
        return risk != null && allowed.contains(risk);
    }
}
