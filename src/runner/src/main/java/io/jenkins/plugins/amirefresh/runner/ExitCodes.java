package io.jenkins.plugins.amirefresh.runner;

import io.jenkins.plugins.amirefresh.runner.build.BuildResult;

/** Exit codes of the command line. */
final class ExitCodes {
    static final int WRONG_USAGE = 2;
    private static final int FAILURE = 1;
    private static final int UNSTABLE = 3;
    private static final int ABORTED = 4;

    private ExitCodes() {}

    /** 0 for the expected result, else the result's own; a SUCCESS nobody expected is a failure. */
    static int of(BuildResult result, BuildResult expected) {
        if (result == expected) {
            return 0;
        }
        return switch (result) {
            case UNSTABLE -> UNSTABLE;
            case ABORTED -> ABORTED;
            case SUCCESS, FAILURE, NOT_BUILT -> FAILURE;
        };
    }
}
