package io.jenkins.plugins.amirefresh.step.storage;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The chain through a record's lines: each carries the hash of itself and the line before, so that a line which was changed,
 * taken out, put in or moved does not fit any more. Lines of older versions carry none and count all the same.
 */
final class JournalChain {

    private static final String LINK = ",\"chain\":\"";
    private static final String END = "\"}";
    private static final int HASH = 64;

    private String head;
    private boolean isChained;

    /** A chain before its first line. */
    JournalChain() {
        this("");
    }

    private JournalChain(String head) {
        this.head = head;
    }

    /** The same, to go on apart: what is not on the disk yet is no part of the chain. */
    JournalChain copy() {
        JournalChain copy = new JournalChain(head);
        copy.isChained = isChained;
        return copy;
    }

    /** Goes on as {@code other} does. */
    void become(JournalChain other) {
        head = other.head;
        isChained = other.isChained;
    }

    /** The hash of the last line and all before it; empty before the first. */
    String head() {
        return head;
    }

    /** The JSON object as the next line. */
    String append(String json) {
        if (!json.endsWith("}")) {
            throw new IllegalArgumentException("no JSON object: " + json);
        }
        isChained = true;
        head = hash(head, json);
        return json.substring(0, json.length() - 1) + LINK + head + END;
    }

    /** Takes a line of the file in; why it does not fit, empty when it does. */
    Optional<String> follow(String line) {
        int at = line.length() - LINK.length() - HASH - END.length();
        if (at < 0 || !line.startsWith(LINK, at) || !line.endsWith(END)) {
            head = hash(head, line);
            return isChained
                    ? Optional.of("it carries no hash, although lines before it do: it was put in or cut")
                    : Optional.empty();
        }
        String right = hash(head, line.substring(0, at) + "}");
        String told = line.substring(at + LINK.length(), at + LINK.length() + HASH);
        isChained = true;
        // From here on the file is taken at its word, so that one wrong line is one problem.
        head = told;
        return right.equals(told)
                ? Optional.empty()
                : Optional.of("its hash does not fit: it, or the line before it, was changed, taken out or moved");
    }

    private static String hash(String before, String json) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(before.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest.digest(json.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
