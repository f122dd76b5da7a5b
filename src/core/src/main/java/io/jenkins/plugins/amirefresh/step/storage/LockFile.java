package io.jenkins.plugins.amirefresh.step.storage;

import io.jenkins.plugins.amirefresh.journal.Json;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.step.GroupLocks;
import io.jenkins.plugins.amirefresh.step.LockHolder;
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
    private final Map<GroupKey, LockHolder> holders = new LinkedHashMap<>();

    private LockFile(Path path) {
        this.file = new AppendOnlyFile(path);
        for (String text : file.read()) {
            Line line = Json.read(text, Line.class);
            if (line.held()) {
                holders.put(line.group(), new LockHolder(line.run(), line.step()));
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
    public synchronized Optional<LockHolder> acquire(GroupKey group, LockHolder holder) {
        Optional<LockHolder> other = keptFrom(group, holder);
        if (other.isEmpty() && !holder.equals(holders.get(group))) {
            hold(group, holder);
        }
        return other;
    }

    @Override
    public synchronized Optional<LockHolder> keptFrom(GroupKey group, LockHolder holder) {
        return Optional.ofNullable(holders.get(group))
                .filter(current -> !current.equals(holder) && !current.equals(holder.asRun()));
    }

    @Override
    public synchronized void keepForRun(GroupKey group, LockHolder holder) {
        if (holder.equals(holders.get(group))) {
            hold(group, holder.asRun());
        }
    }

    private void hold(GroupKey group, LockHolder holder) {
        file.append(List.of(Json.write(new Line(group, holder.runId(), holder.stepId(), true))));
        holders.put(group, holder);
    }

    @Override
    public synchronized void release(GroupKey group, LockHolder holder) {
        if (holder.equals(holders.get(group))) {
            file.append(List.of(Json.write(new Line(group, holder.runId(), holder.stepId(), false))));
            holders.remove(group);
        }
    }

    /** Every lock that is held, its holder by its group. */
    public synchronized Map<GroupKey, LockHolder> holders() {
        return Map.copyOf(holders);
    }

    private record Line(GroupKey group, String run, String step, boolean held) {}
}
