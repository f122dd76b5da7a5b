package io.jenkins.plugins.amirefresh.step.buildami;

import io.jenkins.plugins.amirefresh.smoketest.Check;
import io.jenkins.plugins.amirefresh.smoketest.Check.Audience;
import io.jenkins.plugins.amirefresh.smoketest.SmokeTest;
import io.jenkins.plugins.amirefresh.step.checks.CheckParameters;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterException;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterSpec;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterType;
import io.jenkins.plugins.amirefresh.step.parameters.Parameters;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How an image is to prove that it boots.
 *
 * @param instanceType empty for the smallest one of the image's architecture
 * @param subnet empty for a default subnet of the region
 * @param securityGroups ids, empty for the VPC's default one
 * @param instanceProfile empty for none
 * @param test what is asked once AWS's status checks pass, within the whole time limit; it may have no checks
 */
record BootTestRequest(
        String instanceType,
        String subnet,
        List<String> securityGroups,
        String instanceProfile,
        boolean publicAddress,
        SmokeTest test) {

    private static final String INSTANCE_TYPE = "instanceType";
    private static final String SUBNET = "subnet";
    private static final String SECURITY_GROUPS = "securityGroups";
    private static final String INSTANCE_PROFILE = "instanceProfile";
    private static final String PUBLIC_ADDRESS = "publicAddress";
    private static final String CHECKS = "checks";
    private static final String TIME_LIMIT = "timeLimit";

    private static final Duration USUAL = Duration.ofMinutes(15);
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofHours(6);

    /** Copies the list. */
    BootTestRequest {
        securityGroups = List.copyOf(securityGroups);
    }

    static List<ParameterSpec> specs() {
        return List.of(
                text(INSTANCE_TYPE, "t3.micro or t4g.micro"),
                text(SUBNET, "a default subnet"),
                ParameterSpec.optional(SECURITY_GROUPS, ParameterType.LIST, "none", "Ids of security groups."),
                text(INSTANCE_PROFILE, "none"),
                ParameterSpec.optional(PUBLIC_ADDRESS, ParameterType.BOOLEAN, "false", "A public address."),
                ParameterSpec.listOfMaps(CHECKS, CheckParameters.keys(), "What is asked."),
                ParameterSpec.optional(TIME_LIMIT, ParameterType.DURATION, "15m", "For all of it."));
    }

    private static ParameterSpec text(String name, String defaultText) {
        return ParameterSpec.optional(name, ParameterType.TEXT, defaultText, "Of the instance.");
    }

    static List<String> keys() {
        return specs().stream().map(ParameterSpec::name).toList();
    }

    /** @throws ParameterException naming what is wrong in the map */
    static BootTestRequest of(Map<String, Object> given) {
        try {
            return of(Parameters.parse(BuildAmiStep.BOOT_TEST, specs(), given));
        } catch (ParameterException e) {
            throw e.within(BuildAmiStep.BOOT_TEST);
        }
    }

    private static BootTestRequest of(Parameters parameters) {
        Duration limit = parameters.duration(TIME_LIMIT).orElse(USUAL);
        if (limit.compareTo(SHORTEST) < 0 || limit.compareTo(LONGEST) > 0) {
            throw ParameterException.of(TIME_LIMIT, limit, "a duration from 1 minute to 6 hours");
        }
        List<Check> checks = CheckParameters.read(parameters.maps(CHECKS));
        checks.stream().filter(check -> !suits(check)).findFirst().ifPresent(check -> {
            throw ParameterException.of(
                    CHECKS,
                    check.name(),
                    "http, tcp, ssm and shell, asked of the instance: there is no group, load balancer or old version");
        });
        CheckParameters.requireTime(checks, TIME_LIMIT, limit);
        return new BootTestRequest(
                named(parameters, INSTANCE_TYPE, "[a-z][a-z0-9-]*\\.[a-z0-9-]+", "an instance type such as t3.micro"),
                named(parameters, SUBNET, "subnet-[0-9a-f]+", "the id of a subnet"),
                groups(parameters),
                named(parameters, INSTANCE_PROFILE, "[A-Za-z0-9+=,.@_-]{1,128}", "the name of an instance profile"),
                parameters.flag(PUBLIC_ADDRESS),
                SmokeTest.ofBoot(checks, limit));
    }

    private static boolean suits(Check check) {
        boolean isAnswer = check instanceof Check.Http
                || check instanceof Check.Tcp
                || check instanceof Check.Ssm
                || check instanceof Check.Shell;
        return isAnswer
                && check.audience() == Audience.INSTANCES
                && !check.basics().sameAsOld();
    }

    private static String named(Parameters parameters, String name, String pattern, String allowed) {
        String text = parameters.text(name).orElse("");
        if (!text.isEmpty() && !text.matches(pattern)) {
            throw ParameterException.of(name, text, allowed);
        }
        return text;
    }

    private static List<String> groups(Parameters parameters) {
        List<String> groups = parameters.list(SECURITY_GROUPS);
        groups.stream().filter(id -> !id.matches("sg-[0-9a-f]+")).findFirst().ifPresent(id -> {
            throw ParameterException.of(SECURITY_GROUPS, id, "ids of security groups");
        });
        return groups;
    }

    /** What is launched of an image of this architecture. */
    String instanceType(String architecture) {
        if (!instanceType.isEmpty()) {
            return instanceType;
        }
        return architecture.equals("arm64") ? "t4g.micro" : "t3.micro";
    }
}
