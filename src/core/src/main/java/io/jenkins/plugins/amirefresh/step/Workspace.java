package io.jenkins.plugins.amirefresh.step;

import java.util.List;
import java.util.Optional;

/** Files of the agent's workspace, by paths relative to it. */
public interface Workspace {

    /** There is an agent. */
    boolean isPresent();

    /** The text of a file, empty when it does not exist. */
    Optional<String> read(String path);

    /** Files that match an Ant-style pattern, sorted. */
    List<String> find(String pattern);

    /** Writes a file, with the folders above it; repeating it is safe. */
    void write(String path, String text);
}
