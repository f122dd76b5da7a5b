package io.jenkins.plugins.amirefresh.runner.interpreter;

import java.io.Serializable;
import java.nio.file.Path;

/**
 * Where steps that need a node run.
 *
 * @param node the node's name
 * @param workspace the workspace, absolute
 * @param directory the current directory, absolute; the workspace unless {@code dir} changed it
 */
public record Workplace(String node, String workspace, String directory) implements Serializable {
    /** The current directory. */
    public Path path() {
        return Path.of(directory);
    }

    /** A file of the current directory, or an absolute one. */
    public Path resolve(String file) {
        return path().resolve(file).normalize();
    }

    /** The same node in another directory, relative ones to the current. */
    public Workplace in(String other) {
        return new Workplace(node, workspace, resolve(other).toString());
    }
}
