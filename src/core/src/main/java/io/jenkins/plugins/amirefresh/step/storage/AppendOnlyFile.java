package io.jenkins.plugins.amirefresh.step.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * Lines that survive a crash: an append is on the disk when it returns, and a line torn by a crash in mid-write is cut off
 * at the next start, since nobody acted on it yet.
 */
final class AppendOnlyFile {

    private final Path file;
    private boolean mended;

    AppendOnlyFile(Path file) {
        this.file = file;
    }

    /** The complete lines, oldest first. */
    List<String> read() {
        try {
            if (!Files.exists(file)) {
                return List.of();
            }
            byte[] bytes = Files.readAllBytes(file);
            String complete = new String(bytes, 0, completeLength(bytes), StandardCharsets.UTF_8);
            return complete.lines().filter(line -> !line.isEmpty()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + file, e);
        }
    }

    /** What a crash left of a line, behind the complete ones; empty for none. */
    Optional<String> torn() {
        try {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            byte[] bytes = Files.readAllBytes(file);
            int complete = completeLength(bytes);
            return complete == bytes.length
                    ? Optional.empty()
                    : Optional.of(new String(bytes, complete, bytes.length - complete, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + file, e);
        }
    }

    /** Appends all lines with one force. */
    void append(List<String> lines) {
        if (lines.isEmpty()) {
            return;
        }
        if (lines.stream().anyMatch(line -> line.indexOf('\n') >= 0)) {
            throw new IllegalStateException("a line for " + file + " holds a line break");
        }
        byte[] bytes = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            mend();
            try (FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
                ByteBuffer buffer = ByteBuffer.wrap(bytes);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                channel.force(true);
            }
        } catch (IOException e) {
            // A write that failed half-way left a torn line; the next append cuts it off.
            mended = false;
            throw new UncheckedIOException("appending to " + file, e);
        }
    }

    private void mend() throws IOException {
        if (mended || !Files.exists(file)) {
            mended = true;
            return;
        }
        byte[] bytes = Files.readAllBytes(file);
        int complete = completeLength(bytes);
        if (complete < bytes.length) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(complete);
                channel.force(true);
            }
        }
        mended = true;
    }

    private static int completeLength(byte[] bytes) {
        int length = bytes.length;
        while (length > 0 && bytes[length - 1] != '\n') {
            length--;
        }
        return length;
    }
}
