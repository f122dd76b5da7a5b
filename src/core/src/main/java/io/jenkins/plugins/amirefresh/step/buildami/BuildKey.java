package io.jenkins.plugins.amirefresh.step.buildami;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SortedMap;

/** The hash of everything an image is made of; where and when it is made are left out. */
final class BuildKey {

    private static final int LENGTH = 40;

    private BuildKey() {}

    /**
     * The key; of secrets among the parts nothing is left in it.
     *
     * @param parts what the image is made of, by name
     */
    static String of(SortedMap<String, String> parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            parts.forEach((name, text) -> {
                digest.update(bytes(name.length() + " " + name));
                digest.update(bytes(text.length() + " " + text));
            });
            return HexFormat.of().formatHex(digest.digest()).substring(0, LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
