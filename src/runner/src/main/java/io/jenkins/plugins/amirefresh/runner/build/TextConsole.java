package io.jenkins.plugins.amirefresh.runner.build;

import io.jenkins.plugins.amirefresh.runner.time.RehearsalTime;
import java.io.Flushable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Writes console lines to one or more places, with simulated time stamps when asked for. */
public final class TextConsole implements Console {
    private final RehearsalTime time;
    private final List<Appendable> outputs;
    private boolean timestamps;

    /** Writes every line to each of {@code outputs}. */
    public TextConsole(RehearsalTime time, List<Appendable> outputs) {
        this.time = time;
        this.outputs = List.copyOf(outputs);
    }

    @Override
    public void showTimestamps() {
        timestamps = true;
    }

    @Override
    public void print(Collection<String> branches, Collection<String> secrets, String text) {
        String masked = mask(secrets, text);
        String prefix = prefix(branches);
        for (String line : masked.split("\\R", -1)) {
            append(prefix + line + "\n");
        }
        flush();
    }

    private String prefix(Collection<String> branches) {
        StringBuilder prefix = new StringBuilder();
        if (timestamps) {
            prefix.append('[')
                    .append(DateTimeFormatter.ISO_INSTANT.format(time.now().truncatedTo(ChronoUnit.SECONDS)))
                    .append("] ");
        }
        for (String branch : branches) {
            prefix.append('[').append(branch).append("] ");
        }
        return prefix.toString();
    }

    /** Replaces every secret, the longest first, by four asterisks as the credentials binding plugin does. */
    private static String mask(Collection<String> secrets, String text) {
        String masked = text;
        List<String> longestFirst = secrets.stream()
                .filter(secret -> !secret.isBlank())
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
        for (String secret : longestFirst) {
            masked = masked.replace(secret, "****");
        }
        return masked;
    }

    /** A run that hangs or is killed shows its last line. */
    private void flush() {
        try {
            for (Appendable output : outputs) {
                if (output instanceof Flushable buffered) {
                    buffered.flush();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the console cannot be written", e);
        }
    }

    private void append(String line) {
        try {
            for (Appendable output : outputs) {
                output.append(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the console cannot be written", e);
        }
    }
}
