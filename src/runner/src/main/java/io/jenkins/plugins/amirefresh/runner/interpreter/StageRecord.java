package io.jenkins.plugins.amirefresh.runner.interpreter;

import io.jenkins.plugins.amirefresh.runner.build.BuildResult;
import java.io.Serializable;

/** A stage that is running: its name and the worst warning a step inside has recorded on it. */
public final class StageRecord implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String name;
    private BuildResult warning = BuildResult.SUCCESS;

    /** A stage without warnings. */
    public StageRecord(String name) {
        this.name = name;
    }

    /** The stage's name. */
    public String name() {
        return name;
    }

    /** The worst warning so far. */
    public BuildResult warning() {
        return warning;
    }

    /** Records a warning, as {@code unstable} and {@code catchError(stageResult: ...)} do. */
    public void warn(BuildResult result) {
        warning = warning.combine(result);
    }
}
