package io.jenkins.plugins.amirefresh.simulator.ecr;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Images by digest, and which of them each tag names. */
final class Repository {

    private final String name;
    private final Instant created;
    private final ObjectNode request;
    private final NavigableMap<String, Image> images = new TreeMap<>();
    private final Map<String, String> digestByTag = new TreeMap<>();

    Repository(String name, Instant created, ObjectNode request) {
        this.name = name;
        this.created = created;
        this.request = request;
    }

    record Image(String digest, String manifest, String mediaType, Instant pushed) {}

    String name() {
        return name;
    }

    Instant created() {
        return created;
    }

    ObjectNode request() {
        return request;
    }

    boolean hasFixedTags() {
        return request.path("imageTagMutability").asText().equals("IMMUTABLE");
    }

    Collection<Image> images() {
        return images.values();
    }

    void put(Image image) {
        images.putIfAbsent(image.digest(), image);
    }

    void tag(String tag, String digest) {
        digestByTag.put(tag, digest);
    }

    void untag(String tag) {
        digestByTag.remove(tag);
    }

    void remove(String digest) {
        images.remove(digest);
        digestByTag.values().removeIf(digest::equals);
    }

    Optional<Image> byDigest(String digest) {
        return Optional.ofNullable(images.get(digest));
    }

    Optional<Image> byTag(String tag) {
        return Optional.ofNullable(digestByTag.get(tag)).map(images::get);
    }

    Set<String> tagsOf(String digest) {
        Set<String> tags = new TreeSet<>();
        digestByTag.forEach((tag, named) -> {
            if (named.equals(digest)) {
                tags.add(tag);
            }
        });
        return tags;
    }

    static String digest(String manifest) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(manifest.getBytes(StandardCharsets.UTF_8));
            return "sha256:" + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
