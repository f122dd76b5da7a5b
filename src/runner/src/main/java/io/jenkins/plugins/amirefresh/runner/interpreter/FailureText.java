package io.jenkins.plugins.amirefresh.runner.interpreter;

import io.jenkins.plugins.amirefresh.runner.build.AbortException;
import io.jenkins.plugins.amirefresh.runner.build.Build;
import io.jenkins.plugins.amirefresh.runner.build.BuildParameterException;
import io.jenkins.plugins.amirefresh.runner.build.FlowInterruptedException;
import java.util.ArrayList;
import java.util.List;

/** A failure as Jenkins' console shows it: one line where that says everything, else with the pipeline's own lines. */
public final class FailureText {
    private FailureText() {}

    /** The lines to print; none if this interruption has been explained before. */
    public static List<String> lines(Build build, Throwable failure) {
        List<String> lines = new ArrayList<>();
        if (failure instanceof FlowInterruptedException interruption) {
            interruption.getCauses().stream()
                    .filter(cause -> build.addInterruption(interruption, cause))
                    .forEach(lines::add);
            for (Throwable more : failure.getSuppressed()) {
                lines.addAll(lines(build, more));
            }
        } else if (saysEverything(build, failure)) {
            lines.add("ERROR: " + failure.getMessage());
        } else {
            lines.add(failure.toString());
            SourcePlace.all(failure).distinct().forEach(place -> lines.add("\tat " + place));
        }
        return lines;
    }

    /** What is not run in a rehearsal names its place itself. */
    private static boolean saysEverything(Build build, Throwable failure) {
        return failure instanceof AbortException
                || failure instanceof BuildParameterException
                || build.unsupported()
                        .filter(what -> what.equals(failure.getMessage()))
                        .isPresent();
    }
}
