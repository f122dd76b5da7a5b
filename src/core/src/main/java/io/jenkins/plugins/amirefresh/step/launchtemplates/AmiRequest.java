package io.jenkins.plugins.amirefresh.step.launchtemplates;

import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.model.AwsRegion;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The parameter {@code ami}.
 *
 * @param anywhere an id whose region is not said
 * @param byRegion ids with their region
 */
record AmiRequest(Kind kind, Optional<AmiId> anywhere, Map<AwsRegion, AmiId> byRegion) {

    private static final String ALLOWED =
            "'run', 'newest', an AMI id such as ami-0123456789abcdef0, or ids by region: 'eu-west-1:ami-..,eu-west-2:ami-..'";

    /** Where the AMIs come from. */
    enum Kind {
        RUN,
        NEWEST,
        GIVEN
    }

    static AmiRequest parse(String text) {
        return switch (text) {
            case "run" -> new AmiRequest(Kind.RUN, Optional.empty(), Map.of());
            case "newest" -> new AmiRequest(Kind.NEWEST, Optional.empty(), Map.of());
            default -> given(text);
        };
    }

    private static AmiRequest given(String text) {
        try {
            if (!text.contains(":")) {
                return new AmiRequest(Kind.GIVEN, Optional.of(new AmiId(text)), Map.of());
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
            return new AmiRequest(Kind.GIVEN, Optional.empty(), Map.copyOf(byRegion));
        } catch (IllegalArgumentException e) {
            throw ParameterException.of(UpdateLaunchTemplatesStep.AMI, text, ALLOWED);
        }
    }
}
