package io.jenkins.plugins.amirefresh.faultruns;

/**
 * Something that must not be.
 *
 * @param group empty when it is about the whole run
 */
record Violation(Invariant invariant, String group, String what) {

    @Override
    public String toString() {
        return invariant + (group.isEmpty() ? "" : " of " + group) + ": " + what;
    }
}
