package io.jenkins.plugins.amirefresh.step.parameters;

import io.jenkins.plugins.amirefresh.model.AccountAccess;
import io.jenkins.plugins.amirefresh.model.AwsRegion;
import io.jenkins.plugins.amirefresh.model.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The parameters that steps share, declared once: where to work, and on which groups. */
public final class CommonParameters {

    private static final String REGIONS = "regions";
    private static final String ACCOUNTS = "accounts";
    private static final String EXTERNAL_ID = "externalId";
    /** Jenkins credentials of a step. */
    public static final String CREDENTIALS_ID = "credentialsId";

    private CommonParameters() {}

    /** Where a step works: {@code regions}, {@code accounts}, {@code externalId}, {@code credentialsId}. */
    public static List<ParameterSpec> where() {
        return List.of(
                ParameterSpec.optional(
                        REGIONS,
                        ParameterType.LIST,
                        "AMI_REFRESH_REGIONS, else the global setting, else AWS_REGION",
                        "AWS regions to work in, in order."),
                ParameterSpec.optional(
                        ACCOUNTS,
                        ParameterType.LIST,
                        "AMI_REFRESH_ACCOUNTS, else the global setting, else 'self'",
                        "Accounts to work in: 'self' for the identity the step runs with, or ARNs of IAM roles to assume."),
                ParameterSpec.optional(
                        EXTERNAL_ID,
                        ParameterType.TEXT,
                        "",
                        "External id passed when a role of 'accounts' is assumed."),
                ParameterSpec.optional(
                        CREDENTIALS_ID,
                        ParameterType.TEXT,
                        "the host's own identity",
                        "Jenkins AWS credentials to work with and to assume the roles of 'accounts' with."));
    }

    /** Which groups a step works on: {@code environments}, {@code families}, {@code asgs}, {@code tags}, what is excluded. */
    public static List<ParameterSpec> whichGroups() {
        List<ParameterSpec> specs = new ArrayList<>(List.of(
                ParameterSpec.optional(
                                GroupSelection.ENVIRONMENTS,
                                ParameterType.LIST,
                                "all",
                                "Only groups whose tag Environment is one of these; upper and lower case are equal, * and ? stand for"
                                        + " other letters.")
                        .guarding(),
                ParameterSpec.optional(
                                GroupSelection.ONLY_ENVIRONMENTS,
                                ParameterType.LIST,
                                "all",
                                "Limits 'environments' further; set AMI_REFRESH_ONLY_ENVIRONMENTS to narrow a whole pipeline.")
                        .guarding(),
                ParameterSpec.optional(
                                GroupSelection.FAMILIES,
                                ParameterType.LIST,
                                "all",
                                "Only groups whose launch template belongs to one of these image families; * and ? stand for other"
                                        + " letters.")
                        .guarding(),
                ParameterSpec.optional(
                                GroupSelection.ASGS,
                                ParameterType.LIST,
                                "all",
                                "Only the Auto Scaling groups with these names; * and ? stand for other letters.")
                        .guarding(),
                ParameterSpec.optional(
                                GroupSelection.TAGS, ParameterType.MAP, "all", "Only groups that have all these tags.")
                        .guarding()));
        specs.addAll(whichNot());
        return List.copyOf(specs);
    }

    private static List<ParameterSpec> whichNot() {
        return List.of(
                ParameterSpec.optional(
                                GroupSelection.EXCLUDE_ENVIRONMENTS,
                                ParameterType.LIST,
                                "none",
                                "Leaves out groups whose tag Environment is one of these; * and ? stand for other letters.")
                        .guarding(),
                ParameterSpec.optional(
                                GroupSelection.EXCLUDE_FAMILIES,
                                ParameterType.LIST,
                                "none",
                                "Leaves out groups of these image families; * and ? stand for other letters.")
                        .guarding(),
                ParameterSpec.optional(
                                GroupSelection.EXCLUDE_ASGS,
                                ParameterType.LIST,
                                "none",
                                "Leaves out the Auto Scaling groups with these names; * and ? stand for other letters.")
                        .guarding(),
                ParameterSpec.optional(
                        GroupSelection.ALLOW_EMPTY,
                        ParameterType.BOOLEAN,
                        "false",
                        "Goes on when no group is selected; otherwise the step fails with the nearest names that exist, save"
                                + " when 'onlyEnvironments' alone leaves none."));
    }

    /** The Jenkins credentials that a step was given; empty for the host's or the environment's own. */
    public static Optional<String> credentialsId(Parameters parameters) {
        return parameters.text(CREDENTIALS_ID);
    }

    /**
     * Refuses regions and accounts that are malformed, before anything is asked.
     *
     * @throws ParameterException naming the first
     */
    public static void requireWellFormed(Parameters parameters) {
        parameters.list(REGIONS).forEach(CommonParameters::region);
        parameters.list(ACCOUNTS).forEach(text -> access(text, "", ""));
    }

    /**
     * Every account and region to work in, accounts first: the parameter, else the environment, else the host's setting,
     * else the region of the environment and the identity the step runs with.
     *
     * @param environment the step's environment variables
     * @param regions the host's setting, empty for none
     * @param accounts the host's setting, empty for none
     * @throws ParameterException for a malformed region or role, or when no region is known
     */
    public static List<Place> places(
            Parameters parameters,
            Map<String, String> environment,
            List<AwsRegion> regions,
            List<AccountAccess> accounts) {
        List<Place> places = new ArrayList<>();
        List<AwsRegion> wanted = regions(parameters, environment, regions);
        for (AccountAccess access : accounts(parameters, environment, accounts)) {
            wanted.forEach(region -> places.add(new Place(access, region)));
        }
        return List.copyOf(places);
    }

    private static List<AwsRegion> regions(
            Parameters parameters, Map<String, String> environment, List<AwsRegion> setting) {
        List<String> given = given(parameters, REGIONS, environment, "AMI_REFRESH_REGIONS");
        if (given.isEmpty() && !setting.isEmpty()) {
            return setting;
        }
        if (given.isEmpty()) {
            String region = environment.getOrDefault("AWS_REGION", environment.getOrDefault("AWS_DEFAULT_REGION", ""));
            if (region.isBlank()) {
                throw new ParameterException(
                        "regions: none is known; give regions: 'eu-west-1', or set AMI_REFRESH_REGIONS or AWS_REGION");
            }
            given = List.of(region);
        }
        return given.stream().distinct().map(CommonParameters::region).toList();
    }

    private static AwsRegion region(String text) {
        try {
            AwsRegion region = new AwsRegion(text);
            region.meant().ifPresent(near -> {
                throw ParameterException.about(
                        REGIONS, "'" + text + "' is no region of AWS, did you mean '" + near + "'?");
            });
            return region;
        } catch (IllegalArgumentException e) {
            throw ParameterException.of(REGIONS, text, "regions such as eu-west-1");
        }
    }

    private static List<AccountAccess> accounts(
            Parameters parameters, Map<String, String> environment, List<AccountAccess> setting) {
        List<String> given = given(parameters, ACCOUNTS, environment, "AMI_REFRESH_ACCOUNTS");
        String credentialsId = parameters.text(CREDENTIALS_ID).orElse("");
        String externalId = parameters.text(EXTERNAL_ID).orElse("");
        if (given.isEmpty() && !setting.isEmpty()) {
            return setting.stream()
                    .map(access -> with(access, credentialsId, externalId))
                    .distinct()
                    .toList();
        }
        return (given.isEmpty() ? List.of("self") : given)
                .stream()
                        .distinct()
                        .map(text -> access(text, credentialsId, externalId))
                        .toList();
    }

    /** An account of the host's setting, reached with what the step was given. */
    private static AccountAccess with(AccountAccess access, String credentialsId, String externalId) {
        boolean isRole = !access.roleArn().isEmpty();
        return new AccountAccess(
                credentialsId.isEmpty() ? access.credentialsId() : credentialsId,
                access.roleArn(),
                isRole && !externalId.isEmpty() ? externalId : access.externalId());
    }

    private static AccountAccess access(String text, String credentialsId, String externalId) {
        if ("self".equals(text)) {
            return new AccountAccess(credentialsId, "", "");
        }
        try {
            return new AccountAccess(credentialsId, text, externalId);
        } catch (IllegalArgumentException e) {
            throw ParameterException.of(
                    ACCOUNTS, text, "'self' or ARNs of IAM roles such as arn:aws:iam::123456789012:role/ami-refresh");
        }
    }

    private static List<String> given(
            Parameters parameters, String name, Map<String, String> environment, String variable) {
        List<String> given = parameters.list(name);
        if (!given.isEmpty()) {
            return given;
        }
        return List.of(environment.getOrDefault(variable, "").split(",")).stream()
                .map(String::trim)
                .filter(text -> !text.isEmpty())
                .toList();
    }

    /**
     * The path of something in the workspace; empty when none is given.
     *
     * @param what a file or a folder, for people
     * @throws ParameterException for one that leads out of it
     */
    public static Optional<String> inWorkspace(Parameters parameters, String name, String what) {
        Optional<String> path = parameters.text(name);
        if (path.filter(CommonParameters::leadsOut).isPresent()) {
            throw ParameterException.of(name, path.get(), what + " inside the workspace");
        }
        return path;
    }

    private static boolean leadsOut(String path) {
        boolean isAbsolute = path.startsWith("/") || path.startsWith("\\") || path.matches("[A-Za-z]:.*");
        return isAbsolute || List.of(path.split("[/\\\\]")).contains("..");
    }
}
