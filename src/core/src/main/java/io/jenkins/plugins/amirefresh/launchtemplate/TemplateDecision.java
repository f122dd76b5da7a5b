package io.jenkins.plugins.amirefresh.launchtemplate;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.model.ClientToken;
import io.jenkins.plugins.amirefresh.model.CopiedSnapshots;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import java.util.List;

/** What happens to one launch template. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = TemplateDecision.Create.class, name = "create"),
    @JsonSubTypes.Type(value = TemplateDecision.Await.class, name = "await"),
    @JsonSubTypes.Type(value = TemplateDecision.Keep.class, name = "keep"),
    @JsonSubTypes.Type(value = TemplateDecision.Refuse.class, name = "refuse"),
})
public sealed interface TemplateDecision {

    /**
     * A new version, equal to {@code source} but for the AMI.
     *
     * @param snapshots what becomes of those that its volumes are made from
     * @param pins groups to pin first
     */
    record Create(
            LaunchTemplateVersion source,
            AmiId ami,
            CopiedSnapshots snapshots,
            ClientToken token,
            List<Pin> pins,
            String why)
            implements TemplateDecision {
        /** Copies the list; state files of older versions know nothing of snapshots. */
        public Create {
            snapshots = snapshots == null ? CopiedSnapshots.ALL : snapshots;
            pins = List.copyOf(pins);
        }
    }

    /** In a dry run: a new version, equal to {@code source} but for an AMI that is not built yet. */
    record Await(LaunchTemplateVersion source, String why) implements TemplateDecision {}

    /** {@code version} launches the wanted AMI already. */
    record Keep(LaunchTemplateVersion version, AmiId ami, String why) implements TemplateDecision {}

    /**
     * It may not be changed.
     *
     * @param wrong the input is at fault, so that no template may be changed; else only this one stays as it is
     */
    record Refuse(String why, boolean wrong) implements TemplateDecision {}

    /** Its template gets one version more. */
    default boolean makesVersion() {
        return this instanceof Create || this instanceof Await;
    }

    /** The reason, for people. */
    String why();
}
