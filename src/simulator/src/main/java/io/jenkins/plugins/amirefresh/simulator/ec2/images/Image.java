package io.jenkins.plugins.amirefresh.simulator.ec2.images;

import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Tagged;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Tags;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** An AMI. */
public final class Image implements Tagged {

    private final String id;
    private final String ownerId;
    private final Kind kind;
    private final Origin origin;
    private final List<BlockDevice> blockDevices;
    private final Instant creationDate;
    private final Tags tags;
    private final Map<String, Tags> tagsOfOthers = new HashMap<>();
    private final Set<String> launchPermissions = new TreeSet<>();
    private String description;
    private State state = State.PENDING;
    private String stateReason = "";
    private boolean deregistrationProtection;
    private @Nullable Instant deprecationTime;
    private @Nullable Instant lastLaunchedTime;
    private @Nullable String imdsSupport;
    private @Nullable String tpmSupport;

    Image(
            String id,
            String ownerId,
            Kind kind,
            Origin origin,
            List<BlockDevice> blockDevices,
            Instant creationDate,
            Tags tags) {
        this.id = id;
        this.ownerId = ownerId;
        this.kind = kind;
        this.origin = origin;
        this.blockDevices = List.copyOf(blockDevices);
        this.creationDate = creationDate;
        this.tags = tags;
        this.description = origin.description();
    }

    /**
     * What kind of machine it starts.
     *
     * @param architecture {@code x86_64} or {@code arm64}
     * @param bootMode empty when it was not said
     */
    public record Kind(
            String name,
            String architecture,
            String rootDeviceName,
            String virtualizationType,
            boolean enaSupport,
            String bootMode,
            String platformDetails) {

        /** A Linux machine as they are today: HVM with ENA. */
        public static Kind linux(String name, String architecture) {
            return new Kind(
                    name,
                    architecture,
                    "/dev/xvda",
                    "hvm",
                    true,
                    architecture.equals("arm64") ? "uefi" : "",
                    "Linux/UNIX");
        }

        Kind withName(String other) {
            return new Kind(
                    other, architecture, rootDeviceName, virtualizationType, enaSupport, bootMode, platformDetails);
        }
    }

    /**
     * Where it comes from; empty texts where it does not come from such a thing.
     *
     * @param sourceImageId the AMI of the instance that it was made of, or the AMI it is a copy of
     * @param sourceImageName that AMI's name; behaviours are declared by it
     * @param declared whether the account file declares it
     */
    public record Origin(
            String sourceInstanceId,
            String sourceImageId,
            String sourceImageName,
            String description,
            boolean declared) {}

    /**
     * One volume that its machines get.
     *
     * @param kmsKeyId a customer managed key's ARN; empty when it is another or none
     */
    public record BlockDevice(
            String device,
            String snapshotId,
            int size,
            String type,
            boolean deleteOnTermination,
            boolean encrypted,
            String kmsKeyId) {

        /** Encrypted or not with what AWS itself keeps. */
        public BlockDevice(
                String device,
                String snapshotId,
                int size,
                String type,
                boolean deleteOnTermination,
                boolean encrypted) {
            this(device, snapshotId, size, type, deleteOnTermination, encrypted, "");
        }
    }

    /** The states that an AMI goes through. */
    public enum State {
        PENDING,
        AVAILABLE,
        FAILED,
        DISABLED,
        DEREGISTERED;

        /** AWS's word. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether the account may see and launch it: its owner always, others while it is not disabled. */
    public boolean isVisibleTo(String accountId) {
        return ownerId.equals(accountId)
                || (state != State.DISABLED
                        && (launchPermissions.contains(accountId) || launchPermissions.contains("all")));
    }

    /** Whether anybody may launch it. */
    public boolean isPublic() {
        return launchPermissions.contains("all");
    }

    /** Whether its deprecation date has passed. */
    public boolean isDeprecated(Instant now) {
        return deprecationTime != null && !now.isBefore(deprecationTime);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String resourceType() {
        return "image";
    }

    @Override
    public Tags tags() {
        return tags;
    }

    /**
     * The tags that an account sees: the owner's are its own alone, others may set theirs. Source: EC2 User Guide, "Share
     * an AMI with specific AWS accounts".
     */
    public Tags tagsSeenBy(String accountId) {
        return ownerId.equals(accountId) ? tags : tagsOfOthers.computeIfAbsent(accountId, id -> new Tags());
    }

    /** 12 digits. */
    public String ownerId() {
        return ownerId;
    }

    /** Its name, unique in its owner's region. */
    public String name() {
        return kind.name();
    }

    /** What kind of machine it starts. */
    public Kind kind() {
        return kind;
    }

    /** Where it comes from. */
    public Origin origin() {
        return origin;
    }

    /** Root volume first. */
    public List<BlockDevice> blockDevices() {
        return blockDevices;
    }

    /** When it was asked for. */
    public Instant creationDate() {
        return creationDate;
    }

    /** Account ids, or {@code all}. */
    public Set<String> launchPermissions() {
        return Collections.unmodifiableSet(launchPermissions);
    }

    /** Where it stands. */
    public State state() {
        return state;
    }

    String stateReason() {
        return stateReason;
    }

    String description() {
        return description;
    }

    boolean isProtected() {
        return deregistrationProtection;
    }

    Optional<Instant> deprecationTime() {
        return Optional.ofNullable(deprecationTime);
    }

    Optional<Instant> lastLaunchedTime() {
        return Optional.ofNullable(lastLaunchedTime);
    }

    Optional<String> tpmSupport() {
        return Optional.ofNullable(tpmSupport);
    }

    void haveTpm(String support) {
        tpmSupport = support;
    }

    Optional<String> imdsSupport() {
        return Optional.ofNullable(imdsSupport);
    }

    void permit(String who) {
        launchPermissions.add(who);
    }

    void forbid(String who) {
        launchPermissions.remove(who);
    }

    void forbidAll() {
        launchPermissions.clear();
    }

    void become(State next, String reason) {
        state = next;
        stateReason = reason;
    }

    void describeAs(String text) {
        description = text;
    }

    void protect(boolean protection) {
        deregistrationProtection = protection;
    }

    void deprecateAt(@Nullable Instant moment) {
        deprecationTime = moment;
    }

    void requireImds(String support) {
        imdsSupport = support;
    }

    /** Remembers its latest launch. */
    public void launchedAt(Instant moment) {
        lastLaunchedTime = moment;
    }
}
