package io.jenkins.plugins.amirefresh.step.launchtemplates;

import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.model.AwsRegion;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parameter {@code ami}.
 *
 * @param text as it was given
 * @param anywhere an id whose region is not said
 * @param byRegion ids with their region
 * @param build the number of the earlier build whose AMIs are meant; empty for the last one that has any
 */
record AmiRequest(String text, Kind kind, Optional<AmiId> anywhere, Map<AwsRegion, AmiId> byRegion, OptionalInt build) {

    private static final String ALLOWED = "'run', 'newest', 'earlier', 'build:41', an AMI id such as"
            + " ami-0123456789abcdef0, or ids by region: 'eu-west-1:ami-..,eu-west-2:ami-..'";
    private static final Pattern BUILD = Pattern.compile("build:([1-9][0-9]{0,8})");

    /** Where the AMIs come from. */
    enum Kind {
        RUN,
        NEWEST,
        EARLIER,
        GIVEN
    }

    static AmiRequest parse(String text) {
        return switch (text) {
            case "run" -> of(text, Kind.RUN);
            case "newest" -> of(text, Kind.NEWEST);
            case "earlier" -> of(text, Kind.EARLIER);
            default -> {
                Matcher build = BUILD.matcher(text);
                yield build.matches()
                        ? new AmiRequest(
                                text,
                                Kind.EARLIER,
                                Optional.empty(),
                                Map.of(),
                                OptionalInt.of(Integer.parseInt(build.group(1))))
                        : given(text);
            }
        };
    }

    private static AmiRequest of(String text, Kind kind) {
        return new AmiRequest(text, kind, Optional.empty(), Map.of(), OptionalInt.empty());
    }

    private static AmiRequest given(String text) {
        try {
            if (!text.contains(":")) {
                return new AmiRequest(text, Kind.GIVEN, Optional.of(new AmiId(text)), Map.of(), OptionalInt.empty());
            }
            Map<AwsRegion, AmiId> byRegion = new TreeMap<>();
            for (String part : text.split(",", -1)) {
                int colon = part.indexOf(':');
                AwsRegion region =
                        new AwsRegion(part.substring(0, Math.max(0, colon)).trim());
                if (byRegion.put(region, new AmiId(part.substring(colon + 1).trim())) != null) {
                    throw ParameterException.of(UpdateLaunchTemplatesStep.AMI, text, "one AMI a region");
                }
            }
            return new AmiRequest(text, Kind.GIVEN, Optional.empty(), Map.copyOf(byRegion), OptionalInt.empty());
        } catch (IllegalArgumentException e) {
            throw ParameterException.of(UpdateLaunchTemplatesStep.AMI, text, ALLOWED);
        }
    }
}
