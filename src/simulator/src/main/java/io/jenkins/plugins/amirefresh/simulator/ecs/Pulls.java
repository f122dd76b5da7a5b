package io.jenkins.plugins.amirefresh.simulator.ecs;

import io.jenkins.plugins.amirefresh.simulator.ecr.ContainerRegistry;
import io.jenkins.plugins.amirefresh.simulator.kernel.AccountRegion;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What tasks find in registries: those of ECR in the simulated accounts; every other registry has whatever is asked for. */
final class Pulls {

    private static final Pattern ECR = Pattern.compile(
            "([0-9]{12})\\.dkr[.-]ecr(?:-fips)?\\.([a-z0-9-]+)\\.(?:amazonaws\\.com(?:\\.cn)?|on\\.aws)/"
                    + "([^:@]+)(?::([^@]+))?(?:@(sha256:[0-9a-f]{64}))?");

    private final ContainerRegistry registry;
    private final Set<String> accounts;

    /** @param accounts those that are simulated */
    Pulls(ContainerRegistry registry, Set<String> accounts) {
        this.registry = registry;
        this.accounts = accounts;
    }

    boolean canPull(AccountRegion from, String image) {
        Matcher ecr = ECR.matcher(image);
        return !ecr.matches()
                || !accounts.contains(ecr.group(1))
                || digest(from, image).isPresent();
    }

    /** Empty for what is in no registry of this world. */
    Optional<String> digest(AccountRegion from, String image) {
        Matcher ecr = ECR.matcher(image);
        if (!ecr.matches()) {
            return Optional.empty();
        }
        String tag = ecr.group(4) == null ? "latest" : ecr.group(4);
        String wanted = ecr.group(5) == null ? tag : ecr.group(5);
        return registry.digest(new AccountRegion(ecr.group(1), ecr.group(2)), ecr.group(3), wanted);
    }
}
