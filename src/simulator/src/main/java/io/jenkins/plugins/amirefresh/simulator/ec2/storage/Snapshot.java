package io.jenkins.plugins.amirefresh.simulator.ec2.storage;

import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Tagged;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Tags;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** An EBS snapshot. */
public final class Snapshot implements Tagged {

    private final String id;
    private final String ownerId;
    private final Source source;
    private final Instant startTime;
    private final Tags tags;
    private final Map<String, Tags> tagsOfOthers = new HashMap<>();
    private final Set<String> sharedWith = new TreeSet<>();
    private State state = State.PENDING;

    Snapshot(String id, String ownerId, Source source, Instant startTime, Tags tags) {
        this.id = id;
        this.ownerId = ownerId;
        this.source = source;
        this.startTime = startTime;
        this.tags = tags;
    }

    /**
     * What a snapshot is made of.
     *
     * @param volumeId AWS's placeholder {@code vol-ffffffff} for copies
     * @param size of the volume, GiB
     * @param kmsKeyId empty when it is not encrypted
     */
    public record Source(String volumeId, int size, boolean encrypted, String kmsKeyId, String description) {}

    /** The states that a snapshot goes through. */
    public enum State {
        PENDING,
        COMPLETED,
        ERROR;

        /** AWS's word. */
        public String text() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** Whether this account may make volumes of it. */
    public boolean isVisibleTo(String accountId) {
        return ownerId.equals(accountId) || sharedWith.contains(accountId) || sharedWith.contains("all");
    }

    void share(String who) {
        sharedWith.add(who);
    }

    void unshare(String who) {
        sharedWith.remove(who);
    }

    /** Account ids, or {@code all}. */
    public Set<String> sharedWith() {
        return Collections.unmodifiableSet(sharedWith);
    }

    void become(State next) {
        state = next;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String resourceType() {
        return "snapshot";
    }

    @Override
    public Tags tags() {
        return tags;
    }

    /** The tags that an account sees: the owner's are its own alone, others may set theirs. */
    public Tags tagsSeenBy(String accountId) {
        return ownerId.equals(accountId) ? tags : tagsOfOthers.computeIfAbsent(accountId, id -> new Tags());
    }

    /** The account that pays for it. */
    public String ownerId() {
        return ownerId;
    }

    /** What it is made of. */
    public Source source() {
        return source;
    }

    /** When it was started. */
    public Instant startTime() {
        return startTime;
    }

    /** Where it stands. */
    public State state() {
        return state;
    }
}
