package io.jenkins.plugins.amirefresh.step.fleetreport;

import io.jenkins.plugins.amirefresh.step.StepDefinition;
import io.jenkins.plugins.amirefresh.step.StepOperation;
import io.jenkins.plugins.amirefresh.step.parameters.CommonParameters;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterException;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterSpec;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterType;
import io.jenkins.plugins.amirefresh.step.parameters.Parameters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The step {@code fleetReport}. */
public final class FleetReport implements StepDefinition {

    /** The name in a Jenkinsfile. */
    public static final String NAME = "fleetReport";

    static final String OLDEST = "oldest";

    @Override
    public String functionName() {
        return NAME;
    }

    @Override
    public String summary() {
        return "Says how old the image of each Auto Scaling group is, how far it is behind and when its window opens"
                + " next; fails the build when one is too old. Changes nothing.";
    }

    @Override
    public List<ParameterSpec> parameters() {
        List<ParameterSpec> specs = new ArrayList<>(CommonParameters.whichGroups());
        specs.add(ParameterSpec.optional(
                        OLDEST,
                        ParameterType.DURATION,
                        "none",
                        "How old the oldest image that an instance runs may be, for example '14d': a group with an older one"
                                + " makes the build FAILURE, one whose age nobody can tell UNSTABLE. Without it the report only"
                                + " tells.")
                .guarding());
        specs.addAll(CommonParameters.where());
        return List.copyOf(specs);
    }

    @Override
    public StepOperation operation(Parameters parameters) {
        CommonParameters.requireWellFormed(parameters);
        Optional<Duration> oldest = parameters.duration(OLDEST);
        if (oldest.filter(limit -> limit.isZero() || limit.isNegative()).isPresent()) {
            throw ParameterException.of(OLDEST, oldest.get(), "a time such as '14d', longer than none");
        }
        return new FleetReportOperation(parameters, oldest.orElse(null));
    }

    @Override
    public boolean needsAgent() {
        return false;
    }
}
