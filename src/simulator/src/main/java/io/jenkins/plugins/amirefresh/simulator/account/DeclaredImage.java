package io.jenkins.plugins.amirefresh.simulator.account;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An AMI that exists at the start.
 *
 * @param name templates and behaviours refer to it
 * @param id generated when null
 * @param architecture {@code x86_64} or {@code arm64}
 * @param age how long before the start it was created
 * @param owner the account that owns it: 12 digits, or {@code amazon} for a public image of AWS; null: this account
 * @param kmsKey name of a declared key that its root volume is encrypted with; null: it is not encrypted
 * @param volumeSize of the root volume, GiB
 */
public record DeclaredImage(
        int line,
        String name,
        @Nullable String id,
        String description,
        String architecture,
        Duration age,
        @Nullable String owner,
        boolean isPublic,
        @Nullable String kmsKey,
        int volumeSize,
        Map<String, String> tags) {

    public DeclaredImage {
        description = Lists.or(description, "");
        architecture = Lists.or(architecture, "x86_64");
        age = Lists.or(age, Duration.ofDays(7));
        volumeSize = volumeSize == 0 ? 8 : volumeSize;
        tags = Lists.orEmpty(tags);
    }
}
