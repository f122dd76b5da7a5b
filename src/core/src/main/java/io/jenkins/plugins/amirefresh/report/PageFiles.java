package io.jenkins.plugins.amirefresh.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The page's style and script, with the chart library in front of each. */
public final class PageFiles {

    private PageFiles() {}

    /** The style sheet. */
    public static String style() {
        return read("uplot/uPlot.min.css") + read("report.css");
    }

    /** The script. */
    public static String script() {
        return read("uplot/uPlot.iife.min.js") + read("report.js");
    }

    /** How a content security policy names exactly this text: {@code 'sha256-...'}. */
    static String source(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String read(String name) {
        try (InputStream file = PageFiles.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException(name + " is not beside " + PageFiles.class.getName());
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + name, e);
        }
    }
}
