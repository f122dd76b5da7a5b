package io.jenkins.plugins.amirefresh.simulator.ssh;

import java.io.IOException;
import java.nio.channels.Channel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.Set;
import org.apache.sshd.sftp.server.FileHandle;
import org.apache.sshd.sftp.server.SftpFileSystemAccessor;
import org.apache.sshd.sftp.server.SftpSubsystemProxy;
import org.jspecify.annotations.Nullable;

/** As {@link ScpFiles}, by SFTP; links, which could lead out of the folder, are refused. */
record SftpFiles(Notes notes) implements SftpFileSystemAccessor {

    @Override
    public SeekableByteChannel openFile(
            SftpSubsystemProxy subsystem,
            FileHandle handle,
            Path file,
            String name,
            Set<? extends OpenOption> options,
            FileAttribute<?>... attributes)
            throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (options.contains(StandardOpenOption.CREATE) && directory != null) {
            Files.createDirectories(directory);
        }
        return SftpFileSystemAccessor.super.openFile(subsystem, handle, file, name, options, attributes);
    }

    @Override
    public void closeFile(
            SftpSubsystemProxy subsystem,
            FileHandle handle,
            Path file,
            String name,
            @Nullable Channel channel,
            Set<? extends OpenOption> options)
            throws IOException {
        if (channel instanceof SeekableByteChannel bytes && bytes.isOpen()) {
            String kind = options.contains(StandardOpenOption.WRITE) ? "upload" : "download";
            notes.note(subsystem.getServerSession(), kind, file.toString(), bytes.size());
        }
        SftpFileSystemAccessor.super.closeFile(subsystem, handle, file, name, channel, options);
    }

    @Override
    public void createLink(SftpSubsystemProxy subsystem, Path link, Path existing, boolean symbolic) {
        throw new UnsupportedOperationException("links are not simulated");
    }
}
