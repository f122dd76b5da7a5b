package io.jenkins.plugins.amirefresh.step.retire;

import io.jenkins.plugins.amirefresh.launchtemplate.VersionHorizon;
import io.jenkins.plugins.amirefresh.retire.RetireMark;
import io.jenkins.plugins.amirefresh.retire.RetireRules;
import io.jenkins.plugins.amirefresh.step.RunIdentity;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterException;
import io.jenkins.plugins.amirefresh.step.parameters.Parameters;
import java.time.Duration;
import java.util.List;

/**
 * What the pipeline asked for.
 *
 * @param families empty for all
 * @param parameterNames patterns of Systems Manager parameters
 */
record RetireSettings(
        Parameters parameters,
        List<String> families,
        int keep,
        VersionHorizon horizon,
        Duration deprecateAfter,
        Duration disableAfter,
        Duration deregisterAfter,
        List<String> parameterNames,
        boolean isDryRun) {

    private static final int MOST = 10_000;

    static RetireSettings of(Parameters parameters) {
        List<String> names = parameters.list(RetireAmis.PARAMETER_NAMES);
        return new RetireSettings(
                parameters,
                parameters.list(RetireAmis.FAMILIES),
                number(parameters, RetireAmis.KEEP),
                new VersionHorizon(
                        number(parameters, RetireAmis.KEEP_VERSIONS),
                        parameters.duration(RetireAmis.KEEP_VERSIONS_FOR).orElse(Duration.ofDays(30))),
                parameters.duration(RetireAmis.DEPRECATE_AFTER).orElse(Duration.ofDays(30)),
                parameters.duration(RetireAmis.DISABLE_AFTER).orElse(Duration.ofDays(14)),
                parameters.duration(RetireAmis.DEREGISTER_AFTER).orElse(Duration.ofDays(30)),
                names.isEmpty() ? List.of("*") : names,
                !Boolean.FALSE.equals(parameters.asMap().get(RetireAmis.DRY_RUN)));
    }

    /** A call of the step goes one step with an image; the next one of the same build may go another. */
    static String run(RunIdentity run) {
        return RetireMark.run(run.id() + "/" + run.stepId());
    }

    private static int number(Parameters parameters, String name) {
        int number = parameters.integer(name).orElse(3);
        if (number < 1 || number > MOST) {
            throw ParameterException.of(name, number, "1 to " + MOST);
        }
        return number;
    }

    RetireRules rules(RunIdentity run) {
        return new RetireRules(keep, deprecateAfter, disableAfter, deregisterAfter, run(run));
    }
}
