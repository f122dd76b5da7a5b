package io.jenkins.plugins.amirefresh.aws;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/**
 * Texts that are equal for values of the SDK that say the same. Taken of every member, since a value's own text leaves out
 * what is sensitive, user data for one.
 */
final class Fingerprint {

    private Fingerprint() {}

    /** A short text for a long one that tells nothing of it. */
    static String hash(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, hash.length / 2);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The members that are given, by their names; those called as in {@code except} are left out at any depth. */
    static Map<String, String> members(SdkPojo value, Set<String> except) {
        Map<String, String> members = new TreeMap<>();
        for (SdkField<?> field : value.sdkFields()) {
            Object member = field.getValueOrDefault(value);
            if (!isEmpty(member) && !except.contains(field.memberName())) {
                members.put(field.memberName(), text(member, except));
            }
        }
        return members;
    }

    /** A list that AWS left out is an empty one in the SDK. */
    private static boolean isEmpty(@Nullable Object member) {
        return member == null || (member instanceof Collection<?> list && list.isEmpty());
    }

    private static String text(@Nullable Object member, Set<String> except) {
        if (member instanceof SdkPojo pojo) {
            return members(pojo, except).toString();
        }
        return member instanceof Collection<?> list
                ? list.stream().map(one -> text(one, except)).toList().toString()
                : String.valueOf(member);
    }
}
