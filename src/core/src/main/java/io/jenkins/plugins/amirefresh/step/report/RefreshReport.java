package io.jenkins.plugins.amirefresh.step.report;

import io.jenkins.plugins.amirefresh.step.StepDefinition;
import io.jenkins.plugins.amirefresh.step.StepOperation;
import io.jenkins.plugins.amirefresh.step.parameters.CommonParameters;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterSpec;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterType;
import io.jenkins.plugins.amirefresh.step.parameters.Parameters;
import java.util.List;

/** The step {@code refreshReport}. */
public final class RefreshReport implements StepDefinition {

    static final String DIRECTORY = "directory";
    static final String SET_RESULT = "setResult";

    @Override
    public String functionName() {
        return "refreshReport";
    }

    @Override
    public String summary() {
        return "Prints what became of each group, writes report.json and report.html, and sets the build's result by it.";
    }

    @Override
    public List<ParameterSpec> parameters() {
        return List.of(
                ParameterSpec.optional(
                        DIRECTORY,
                        ParameterType.TEXT,
                        "none",
                        "Folder in the workspace that gets report.json, report.html, junit.xml (a test case a group, and a service or instance that was changed) and "
                                + "metrics.prom (for Prometheus) as well; the first two are kept with the build in any case. "
                                + "Their result is RUNNING while the build runs, their verdict what the groups "
                                + "make of it, never better than the build itself stands."),
                ParameterSpec.optional(
                        SET_RESULT,
                        ParameterType.BOOLEAN,
                        "true",
                        "Makes the build UNSTABLE when a group was rolled back, missed its window, was held, refused or left after its canary, or its tests were inconclusive; FAILURE when one is left broken."));
    }

    @Override
    public StepOperation operation(Parameters parameters) {
        String directory =
                CommonParameters.inWorkspace(parameters, DIRECTORY, "a folder").orElse("");
        return new RefreshReportOperation(
                directory, !"false".equals(String.valueOf(parameters.asMap().get(SET_RESULT))));
    }

    @Override
    public boolean needsAgent() {
        return false;
    }
}
