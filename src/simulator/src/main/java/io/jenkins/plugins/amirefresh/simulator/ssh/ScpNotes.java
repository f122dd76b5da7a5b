package io.jenkins.plugins.amirefresh.simulator.ssh;

import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.scp.common.ScpTransferEventListener;
import org.apache.sshd.server.session.ServerSession;
import org.jspecify.annotations.Nullable;

/** Takes down every file that came or went by SCP. */
record ScpNotes(Notes notes) implements ScpTransferEventListener {

    @Override
    public void endFileEvent(
            Session session,
            FileOperation operation,
            Path file,
            long length,
            Set<PosixFilePermission> permissions,
            @Nullable Throwable broken) {
        if (broken == null && session instanceof ServerSession server) {
            notes.note(server, operation == FileOperation.RECEIVE ? "upload" : "download", file.toString(), length);
        }
    }
}
