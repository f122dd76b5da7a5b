package io.jenkins.plugins.amirefresh.refresh;

/**
 * How a new instance stands to the checks that it has to pass before it counts.
 *
 * @param isForGood it will not pass any more
 * @param blamesVersion what it lacks is its version's own answer, and the old version was not seen to give the same
 * @param lacks one line, empty when it passed
 */
public record CheckSight(boolean passed, boolean isForGood, boolean blamesVersion, String lacks) {

    /** There is nothing to pass. */
    static final CheckSight NONE = new CheckSight(true, false, false, "");

    /** Nobody asked yet. */
    static final CheckSight NOT_ASKED = new CheckSight(false, false, false, "its checks are about to be asked");
}
