package io.jenkins.plugins.amirefresh.simulator.ssh;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.scp.common.ScpTargetStreamResolver;
import org.apache.sshd.scp.common.helpers.DefaultScpFileOpener;
import org.apache.sshd.scp.common.helpers.ScpTimestampCommandDetails;
import org.jspecify.annotations.Nullable;

/**
 * Takes files into directories that are not there: the script that would have made them is not run here, but would have
 * been on a real machine.
 */
final class ScpFiles extends DefaultScpFileOpener {

    @Override
    public Path resolveIncomingReceiveLocation(
            Session session, Path path, boolean recursive, boolean shouldBeDirectory, boolean preserve)
            throws IOException {
        Path directory =
                recursive || shouldBeDirectory ? path : path.toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        return super.resolveIncomingReceiveLocation(session, path, recursive, shouldBeDirectory, preserve);
    }

    @Override
    public ScpTargetStreamResolver createScpTargetStreamResolver(Session session, Path path) {
        return new Destination(path);
    }

    /**
     * Where one file goes. Packer names the directory and OpenSSH the file, and where neither is there both look alike: a new
     * name without a dot is taken for the directory.
     */
    private static final class Destination implements ScpTargetStreamResolver {
        private final Path path;
        private @Nullable ScpTargetStreamResolver resolved;

        Destination(Path path) {
            this.path = path;
        }

        @Override
        public OutputStream resolveTargetStream(
                Session session, String name, long length, Set<PosixFilePermission> permissions, OpenOption... options)
                throws IOException {
            String last = String.valueOf(path.getFileName());
            if (!last.equals(name) && last.indexOf('.') < 0 && !Files.exists(path)) {
                Files.createDirectories(path);
            }
            resolved = INSTANCE.createScpTargetStreamResolver(session, path);
            return resolved.resolveTargetStream(session, name, length, permissions, options);
        }

        @Override
        public Path getEventListenerFilePath() {
            return resolved == null ? path : resolved.getEventListenerFilePath();
        }

        @Override
        public void closeTargetStream(
                Session session, String name, long length, Set<PosixFilePermission> permissions, OutputStream stream)
                throws IOException {
            if (resolved != null) {
                resolved.closeTargetStream(session, name, length, permissions, stream);
            }
        }

        @Override
        public void postProcessReceivedData(
                String name,
                boolean preserve,
                Set<PosixFilePermission> permissions,
                @Nullable ScpTimestampCommandDetails time)
                throws IOException {
            if (resolved != null) {
                resolved.postProcessReceivedData(name, preserve, permissions, time);
            }
        }
    }
}
