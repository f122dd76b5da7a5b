package io.jenkins.plugins.amirefresh.step.smoketest;

import io.jenkins.plugins.amirefresh.step.Workspace;
import java.util.Map;
import java.util.Optional;

/** That of a step outside a node. */
final class NoWorkspace implements Workspace {

    @Override
    public boolean isPresent() {
        return false;
    }

    @Override
    public Optional<String> read(String path) {
        return Optional.empty();
    }

    @Override
    public Optional<String> digest(String path) {
        return Optional.empty();
    }

    @Override
    public Map<String, String> digests(String folder) {
        return Map.of();
    }

    @Override
    public void write(String path, String text) {
        throw new IllegalStateException("there is no workspace to write " + path + " to");
    }
}
