package io.jenkins.plugins.amirefresh.test.parameters;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a parameter of a step changes: two calls that differ in its value only.
 *
 * @param from its value in the first call as Groovy, empty when it is not given
 * @param to its value in the second call
 * @param arguments the other arguments of both
 * @param before what is done before, by name
 * @param sees a pattern that only the second run's evidence holds; with ! before it only the first one's; with ~ before it both
 *     hold it and differ in its group
 */
record Proof(String step, String parameter, String from, String to, String arguments, String before, String sees) {

    /** A line: parameter | from | to | arguments | before | sees. */
    static Proof parse(String line) {
        List<String> cells =
                Arrays.stream(line.split("\\|", 6)).map(String::trim).toList();
        String name = cells.get(0);
        int dot = name.indexOf('.');
        return new Proof(
                name.substring(0, dot),
                name.substring(dot + 1),
                cells.get(1),
                cells.get(2),
                cells.get(3),
                cells.get(4),
                cells.get(5));
    }

    /** What selects groups and places does so in every step that has it. */
    static List<Proof> ofSelections(List<String> steps) {
        List<Proof> proofs = new ArrayList<>();
        for (String step : steps) {
            String before = step.startsWith("rollback") || step.startsWith("smokeTest") ? "all refreshed" : "";
            boolean isRelease = step.equals("releaseHold");
            boolean isRestore = isRelease || step.equals("restoreAsgs");
            String here = isRestore ? "'left'" : "'dev'";
            String group = isRestore ? "'left'" : "'web'";
            String others = "'worker,left-worker'";
            String gone = isRestore
                    ? "!say left-worker"
                    : step.startsWith("update") ? "!launchTemplate:worker" : "!autoScalingGroupName:worker,";
            String role = "'arn:aws:iam::222222222222:role/";
            Stream.of(
                            "environments | | " + here + " | | " + gone,
                            "onlyEnvironments | | " + here + " | | " + gone,
                            "families | | 'web' | | " + gone,
                            "asgs | " + (isRelease ? "'*'" : "") + " | " + group + " | | " + gone,
                            "tags | | [Team: 'shop'] | | " + gone,
                            "excludeEnvironments | | 'prod,away' | | " + gone,
                            "excludeFamilies | | 'worker' | | " + gone,
                            "excludeAsgs | | " + others + " | | " + gone,
                            "allowEmpty | | true | environments: 'nowhere' | !ERROR:",
                            "regions | 'eu-west-1' | 'eu-west-1,eu-west-2' | | call 111111111111 eu-west-2",
                            "accounts | 'self' | " + role + "open' | | call 222222222222",
                            "externalId | | 'sesame' | accounts: " + role + "closed' | call 222222222222",
                            "credentialsId | | 'other' | | call 222222222222")
                    .map(line -> line.split("\\s*\\|\\s*", 5))
                    .forEach(cells -> proofs.add(new Proof(
                            step,
                            cells[0],
                            cells[1],
                            cells[2],
                            arguments(step, cells[0], cells[3]),
                            before,
                            cells[4])));
        }
        return proofs;
    }

    /** Of both calls, so that nothing is changed and nothing else is missing. */
    private static String arguments(String step, String parameter, String more) {
        return Stream.of(
                        step.equals("fleetReport") ? "" : "dryRun: true",
                        step.startsWith("smokeTest") ? "checks: [[http: '/health']]" : "",
                        step.startsWith("update") ? "ami: 'newest'" : "",
                        step.equals("releaseHold") && !parameter.equals("asgs") ? "asgs: '*'" : "",
                        step.equals("releaseHold") ? "reason: 'x'" : "",
                        more)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", "));
    }

    String name() {
        return step + "." + parameter;
    }

    String first() {
        return call(from);
    }

    String second() {
        return call(to);
    }

    private String call(String value) {
        return step + "("
                + Stream.of(arguments, value.isEmpty() ? "" : parameter + ": " + value)
                        .filter(part -> !part.isEmpty())
                        .collect(Collectors.joining(", "))
                + ")";
    }
}
