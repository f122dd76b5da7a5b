package io.jenkins.plugins.amirefresh.runner.host;

import io.jenkins.plugins.amirefresh.runner.interpreter.BlockContext;
import io.jenkins.plugins.amirefresh.step.catalog.StepCall;
import io.jenkins.plugins.amirefresh.step.parameters.CommonParameters;
import io.jenkins.plugins.amirefresh.step.parameters.Parameters;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One call of a product step: what is saved with the program.
 *
 * @param functionName the step
 * @param id unique in the build
 * @param scope names the build if another one of the rehearsal started it, else empty
 * @param given the arguments as the pipeline gave them
 * @param environment what surrounds the call
 * @param block what enclosing steps give to it
 */
record OperationCall(
        String functionName,
        int id,
        String scope,
        Map<String, @Nullable Object> given,
        Map<String, String> environment,
        BlockContext block)
        implements Serializable {
    OperationCall {
        given = new LinkedHashMap<>(given);
        environment = new LinkedHashMap<>(environment);
    }

    /** The same after a restart. */
    String stepId() {
        return scope + functionName + "-" + id;
    }

    /** The checked parameters, with the environment's values for those that were not given. */
    Parameters parsed(HostServices services) {
        Parameters parameters =
                StepCall.parse(services.definition(functionName), services.definitions(), given, environment);
        CommonParameters.credentialsId(parameters).ifPresent(services::requireAwsKeys);
        return parameters;
    }
}
