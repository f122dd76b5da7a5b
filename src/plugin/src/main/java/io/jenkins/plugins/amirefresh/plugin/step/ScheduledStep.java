package io.jenkins.plugins.amirefresh.plugin.step;

import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.DataBoundSetter;

/** What says when and in which order groups are worked on. */
public abstract class ScheduledStep extends FleetStep {

    /** The order of groups, one map a wave. */
    public @Nullable Object getWaves() {
        return given("waves");
    }

    /** Sets {@code waves}. */
    @DataBoundSetter
    public void setWaves(@Nullable Object waves) {
        give("waves", waves);
    }

    /** What becomes of selected groups that no wave has: 'refuse' or 'last'. */
    public @Nullable String getOthers() {
        return text("others");
    }

    /** Sets {@code others}. */
    @DataBoundSetter
    public void setOthers(@Nullable String others) {
        give("others", others);
    }

    /** How each group is tested at once when it is refreshed. */
    public @Nullable Object getSmokeTest() {
        return given("smokeTest");
    }

    /** Sets {@code smokeTest}. */
    @DataBoundSetter
    public void setSmokeTest(@Nullable Object smokeTest) {
        give("smokeTest", smokeTest);
    }

    /** 'wait' for each group's window, take only groups whose window is open now ('due'), or 'ignore' windows. */
    public @Nullable String getWindows() {
        return text("windows");
    }

    /** Sets {@code windows}. */
    @DataBoundSetter
    public void setWindows(@Nullable String windows) {
        give("windows", windows);
    }

    /** The windows of groups that have no tags for it, before what their environment has by default. */
    public @Nullable String getWindow() {
        return text("window");
    }

    /** Sets {@code window}. */
    @DataBoundSetter
    public void setWindow(@Nullable String window) {
        give("window", window);
    }

    /** Days on which no window opens, and at whose beginning an open one closes. */
    public @Nullable Object getBlackout() {
        return given("blackout");
    }

    /** Sets {@code blackout}. */
    @DataBoundSetter
    public void setBlackout(@Nullable Object blackout) {
        give("blackout", blackout);
    }

    /** With windows: 'wait': a group whose window opens later than this after the start of the build is skipped. */
    public @Nullable Object getWaitAtMost() {
        return given("waitAtMost");
    }

    /** Sets {@code waitAtMost}. */
    @DataBoundSetter
    public void setWaitAtMost(@Nullable Object waitAtMost) {
        give("waitAtMost", waitAtMost);
    }

    /** What becomes of a group whose window closed before it could start. */
    public @Nullable String getMissed() {
        return text("missed");
    }

    /** Sets {@code missed}. */
    @DataBoundSetter
    public void setMissed(@Nullable String missed) {
        give("missed", missed);
    }

    /** What becomes of a group that takes longer than its window. */
    public @Nullable String getOverrun() {
        return text("overrun");
    }

    /** Sets {@code overrun}. */
    @DataBoundSetter
    public void setOverrun(@Nullable String overrun) {
        give("overrun", overrun);
    }

    /** Groups refreshed at the same time, 1 or more; the others start when one ends. */
    public @Nullable Object getMaxConcurrent() {
        return given("maxConcurrent");
    }

    /** Sets {@code maxConcurrent}. */
    @DataBoundSetter
    public void setMaxConcurrent(@Nullable Object maxConcurrent) {
        give("maxConcurrent", maxConcurrent);
    }
}
