package io.jenkins.plugins.amirefresh.refresh;

import io.jenkins.plugins.amirefresh.model.InstanceRefresh;
import io.jenkins.plugins.amirefresh.model.InstanceRefreshStatus;
import io.jenkins.plugins.amirefresh.model.LaunchSource;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateId;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.model.VersionReference;
import java.util.List;
import java.util.Optional;

/** Questions about AWS's own refreshes of a group. */
public final class ManagedRefreshes {

    private ManagedRefreshes() {}

    /** Keeps a second refresh from starting; what is unknown counts as active. */
    public static boolean isActive(InstanceRefreshStatus status) {
        return switch (status) {
            case PENDING, IN_PROGRESS, CANCELLING, ROLLBACK_IN_PROGRESS, BAKING, UNRECOGNISED -> true;
            case SUCCESSFUL, FAILED, CANCELLED, ROLLBACK_FAILED, ROLLBACK_SUCCESSFUL -> false;
        };
    }

    /** The one that is active, of a group's newest. */
    public static Optional<InstanceRefresh> active(List<InstanceRefresh> refreshes) {
        return refreshes.stream().filter(refresh -> isActive(refresh.status())).findFirst();
    }

    /** Brings the group to this version of its template, by number. */
    public static boolean brings(InstanceRefresh refresh, LaunchTemplateId template, LaunchTemplateVersion version) {
        return refresh.desiredSource().stream()
                .flatMap(desired -> desired.templates().stream())
                .anyMatch(use -> use.id().equals(template) && use.version().equals(VersionReference.of(version)));
    }

    /** Brings the group to the same template versions and images as {@code source}, by number. */
    public static boolean wants(InstanceRefresh refresh, LaunchSource source) {
        return refresh.desiredSource()
                .filter(desired -> !desired.templates().isEmpty())
                .filter(desired -> desired.templates().equals(source.templates())
                        && desired.imagesOfOverrides().equals(source.imagesOfOverrides()))
                .isPresent();
    }
}
