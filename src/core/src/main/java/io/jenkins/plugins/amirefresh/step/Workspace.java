package io.jenkins.plugins.amirefresh.step;

import java.util.Map;
import java.util.Optional;

/** Files of the agent's workspace, by paths relative to where the step stands, or absolute ones. */
public interface Workspace {

    /** There is an agent. */
    boolean isPresent();

    /** The text of a file, empty when it does not exist; what is no UTF-8 comes as the replacement character. */
    Optional<String> read(String path);

    /** What tells a file's bytes from others, in hex; empty when there is no such file. */
    Optional<String> digest(String path);

    /** The same of every file below a folder, by its path in there with forward slashes, sorted; without {@code .git}. */
    Map<String, String> digests(String folder);

    /** Writes a file, with the folders above it; repeating it is safe. */
    void write(String path, String text);
}
