package io.jenkins.plugins.amirefresh.step.buildami;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The hash of everything an image is made of; where and when it is made are left out. */
final class BuildKey {

    private static final Set<String> OF_ONE_BUILD =
            Set.of("ami_name", "copy_to_regions", "endpoint", "manifest", "region", "tags");

    private static final int LENGTH = 40;

    private BuildKey() {}

    /**
     * The key.
     *
     * @param files texts by path, template and variable files
     * @param variables values by name
     * @param source the source AMI's id, empty when it is not known
     */
    static String of(
            Map<String, String> files,
            Map<String, String> variables,
            Collection<String> only,
            String source,
            String packerVersion) {
        Map<String, String> parts = new TreeMap<>();
        files.forEach((path, text) -> parts.put("file " + path, text));
        variables.forEach((name, value) -> parts.put("variable " + name, value));
        OF_ONE_BUILD.forEach(name -> parts.remove("variable " + name));
        parts.put("only", String.join(",", only));
        parts.put("source", source);
        parts.put("packer", packerVersion);
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
