package io.jenkins.plugins.amirefresh.simulator.ec2.storage;

import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Tagged;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Tags;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An EBS volume. */
public final class Volume implements Tagged {

    private final String id;
    private final Specification specification;
    private final String zone;
    private final Instant createTime;
    private final Tags tags;
    private @Nullable Attachment attachment;

    Volume(String id, Specification specification, String zone, Instant createTime, Tags tags) {
        this.id = id;
        this.specification = specification;
        this.zone = zone;
        this.createTime = createTime;
        this.tags = tags;
    }

    /**
     * What a volume is.
     *
     * @param size GiB
     * @param snapshotId empty when it was made blank
     * @param kmsKeyId empty when it is not encrypted
     */
    public record Specification(
            int size, String type, int iops, int throughput, boolean encrypted, String kmsKeyId, String snapshotId) {}

    /** Where a volume is attached. */
    public record Attachment(String instanceId, String device, boolean deleteOnTermination, Instant attachTime) {}

    void attach(Attachment to) {
        attachment = to;
    }

    void detach() {
        attachment = null;
    }

    /** Empty when it is available. */
    public Optional<Attachment> attachment() {
        return Optional.ofNullable(attachment);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String resourceType() {
        return "volume";
    }

    @Override
    public Tags tags() {
        return tags;
    }

    /** What it is. */
    public Specification specification() {
        return specification;
    }

    /** Where it lies. */
    public String zone() {
        return zone;
    }

    /** When it was made. */
    public Instant createTime() {
        return createTime;
    }
}
