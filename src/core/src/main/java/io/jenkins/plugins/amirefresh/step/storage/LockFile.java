package io.jenkins.plugins.amirefresh.step.storage;

import io.jenkins.plugins.amirefresh.journal.Json;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.step.GroupLocks;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The locks of a host in a file, so that they outlive it: a line for each lock taken and each given back.
 *
 * <p>Thread: any.
 */
public final class LockFile implements GroupLocks {

    private final AppendOnlyFile file;
    private final Map<GroupKey, String> holders = new LinkedHashMap<>();

    private LockFile(Path path) {
        this.file = new AppendOnlyFile(path);
        for (String text : file.read()) {
            Line line = Json.read(text, Line.class);
            if (line.held()) {
                holders.put(line.group(), line.run());
            } else {
                holders.remove(line.group());
            }
        }
    }

    /** Opens the file, which need not exist yet. */
    public static LockFile open(Path path) {
        return new LockFile(path);
    }

    @Override
    public synchronized Optional<String> acquire(GroupKey group, String runId) {
        String holder = holders.get(group);
        if (holder == null) {
            file.append(List.of(Json.write(new Line(group, runId, true))));
            holders.put(group, runId);
            return Optional.empty();
        }
        return holder.equals(runId) ? Optional.empty() : Optional.of(holder);
    }

    @Override
    public synchronized void release(GroupKey group, String runId) {
        if (runId.equals(holders.get(group))) {
            file.append(List.of(Json.write(new Line(group, runId, false))));
            holders.remove(group);
        }
    }

    /** Every lock that is held, the run by its group. */
    public synchronized Map<GroupKey, String> holders() {
        return Map.copyOf(holders);
    }

    private record Line(GroupKey group, String run, boolean held) {}
}
