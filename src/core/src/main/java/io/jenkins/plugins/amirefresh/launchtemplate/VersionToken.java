package io.jenkins.plugins.amirefresh.launchtemplate;

import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.model.ClientToken;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateId;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The client token of a new version: the same run, template, source and AMI always give the same one. */
public final class VersionToken {

    private static final int LENGTH = 40;

    private VersionToken() {}

    /** The token of a version that a run makes from {@code source} with {@code ami}. */
    public static ClientToken of(String runId, LaunchTemplateId template, LaunchTemplateVersion source, AmiId ami) {
        try {
            String text = String.join(" ", runId, template.value(), source.toString(), ami.value());
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return new ClientToken(
                    "ami-refresh-" + HexFormat.of().formatHex(hash).substring(0, LENGTH));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
