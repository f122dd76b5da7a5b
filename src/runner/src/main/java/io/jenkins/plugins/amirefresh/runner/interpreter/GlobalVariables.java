package io.jenkins.plugins.amirefresh.runner.interpreter;

import java.util.Optional;
import java.util.Set;

/** Names a script can use without declaring them: {@code env}, {@code params}, a library's variables. */
public interface GlobalVariables {
    /** The object of that name for a script; empty if there is none. */
    Optional<Object> find(String name, PipelineScript script);

    /** All names. */
    Set<String> names();
}
