package io.jenkins.plugins.amirefresh.simulator.ec2.templates;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Tagged;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Tags;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.TreeMap;

/** A launch template with its versions. */
public final class LaunchTemplate implements Tagged {

    private final String id;
    private final String name;
    private final Instant createTime;
    private final String createdBy;
    private final Tags tags;
    private final TreeMap<Long, LaunchTemplateVersion> versions = new TreeMap<>();
    private long lastNumber;
    private long defaultVersion = 1;

    LaunchTemplate(String id, String name, Instant createTime, String createdBy, Tags tags) {
        this.id = id;
        this.name = name;
        this.createTime = createTime;
        this.createdBy = createdBy;
        this.tags = tags;
    }

    LaunchTemplateVersion add(ObjectNode data, String description, Instant at, String by) {
        LaunchTemplateVersion version = new LaunchTemplateVersion(this, ++lastNumber, description, at, by, data);
        versions.put(version.number(), version);
        return version;
    }

    void remove(long number) {
        versions.remove(number);
    }

    void setDefault(long number) {
        defaultVersion = number;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String resourceType() {
        return "launch-template";
    }

    @Override
    public Tags tags() {
        return tags;
    }

    /** Unique in its account and region. */
    public String name() {
        return name;
    }

    /** When it was made. */
    public Instant createTime() {
        return createTime;
    }

    String createdBy() {
        return createdBy;
    }

    /** Oldest first. */
    public Collection<LaunchTemplateVersion> versions() {
        return Collections.unmodifiableCollection(versions.values());
    }

    /** The number that {@code $Default} means. */
    public long defaultVersion() {
        return defaultVersion;
    }

    /** The number that {@code $Latest} means: the highest that still exists. */
    public long latestVersion() {
        return versions.lastKey();
    }

    /**
     * What a version reference means now.
     *
     * @param reference {@code $Latest}, {@code $Default}, a number, or empty for the default
     * @throws AwsError InvalidLaunchTemplateId.VersionNotFound or InvalidLaunchTemplateId.VersionMalformed
     */
    public LaunchTemplateVersion version(String reference) {
        return find(reference).orElseThrow(() -> versionNotFound(reference));
    }

    Optional<LaunchTemplateVersion> find(String reference) {
        return Optional.ofNullable(versions.get(
                switch (reference) {
                    case "$Latest" -> latestVersion();
                    case "$Default", "" -> defaultVersion;
                    default -> number(reference);
                }));
    }

    static long number(String reference) {
        if (!reference.matches("[0-9]{1,18}")) {
            throw AwsError.client(
                    "InvalidLaunchTemplateId.VersionMalformed",
                    "The specified launch template version is malformed: '" + reference
                            + "'. Specify a number, $Latest or $Default.");
        }
        return Long.parseLong(reference);
    }

    AwsError versionNotFound(String reference) {
        return AwsError.client(
                "InvalidLaunchTemplateId.VersionNotFound",
                "Could not find the specified version " + reference + " for the launch template with ID " + id + ".");
    }
}
