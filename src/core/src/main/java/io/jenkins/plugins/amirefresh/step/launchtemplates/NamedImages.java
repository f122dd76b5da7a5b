package io.jenkins.plugins.amirefresh.step.launchtemplates;

import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersionData;
import io.jenkins.plugins.amirefresh.model.Place;
import io.jenkins.plugins.amirefresh.step.StepHost;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The images that versions launch now; a parameter is asked for, one call each. */
final class NamedImages {

    private final StepHost host;
    private final Map<LaunchTemplateVersionData, AmiId> byParameter = new HashMap<>();

    NamedImages(StepHost host) {
        this.host = host;
    }

    /** What a version launches; a parameter that cannot be asked names nothing. */
    Optional<AmiId> of(Place place, LaunchTemplateVersionData version) {
        if (!version.followsParameter()) {
            return version.ami();
        }
        try {
            Optional<AmiId> image = host.cloud(place.access(), place.region())
                    .launchTemplates()
                    .imageOf(version.template(), version.version());
            image.ifPresent(ami -> byParameter.put(version, ami));
            return image;
        } catch (CloudException.AccessDenied e) {
            host.log(UpdateLaunchTemplatesStep.NAME + ": which image " + version.imageId() + " means is not known: "
                    + e.getMessage());
            return Optional.empty();
        }
    }

    /** What its parameter was found to name, null when it follows none or that is not known. */
    @Nullable
    AmiId byParameter(LaunchTemplateVersionData version) {
        return byParameter.get(version);
    }
}
