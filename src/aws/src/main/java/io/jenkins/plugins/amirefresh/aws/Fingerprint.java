package io.jenkins.plugins.amirefresh.aws;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/**
 * A short text that is equal for values of the SDK that say the same. Taken of every member, since a value's own text leaves
 * out what is sensitive, user data for one.
 */
final class Fingerprint {

    private Fingerprint() {}

    /** Of everything but one member. */
    static String of(SdkPojo value, String except) {
        Map<String, String> members = members(value);
        members.remove(except);
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(members.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, hash.length / 2);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static Map<String, String> members(SdkPojo value) {
        Map<String, String> members = new TreeMap<>();
        for (SdkField<?> field : value.sdkFields()) {
            Object member = field.getValueOrDefault(value);
            if (!isEmpty(member)) {
                members.put(field.memberName(), text(member));
            }
        }
        return members;
    }

    /** A list that AWS left out is an empty one in the SDK. */
    private static boolean isEmpty(@Nullable Object member) {
        return member == null || (member instanceof Collection<?> list && list.isEmpty());
    }

    private static String text(@Nullable Object member) {
        if (member instanceof SdkPojo pojo) {
            return members(pojo).toString();
        }
        return member instanceof Collection<?> list
                ? list.stream().map(Fingerprint::text).toList().toString()
                : String.valueOf(member);
    }
}
