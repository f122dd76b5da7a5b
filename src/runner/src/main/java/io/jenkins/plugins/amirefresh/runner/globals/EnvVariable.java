package io.jenkins.plugins.amirefresh.runner.globals;

import groovy.lang.GroovyObjectSupport;
import io.jenkins.plugins.amirefresh.runner.interpreter.PipelineRuntime;
import java.io.Serializable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The variable {@code env}: reads what surrounds the calling code, writes for the whole build. */
public final class EnvVariable extends GroovyObjectSupport implements Serializable {
    private static final long serialVersionUID = 1L;

    private final PipelineRuntime runtime;

    EnvVariable(PipelineRuntime runtime) {
        this.runtime = runtime;
    }

    /** A copy of all variables. */
    public Map<String, String> getEnvironment() {
        return runtime.environmentHere();
    }

    @Override
    public @Nullable Object getProperty(String name) {
        return name.equals("environment")
                ? getEnvironment()
                : runtime.environmentHere().get(name);
    }

    @Override
    public void setProperty(String name, @Nullable Object value) {
        if (value == null) {
            runtime.build().environment().remove(name);
        } else {
            runtime.build().environment().put(name, value.toString());
        }
    }

    /** {@code env['NAME']}. */
    public @Nullable Object getAt(String name) {
        return getProperty(name);
    }

    /** {@code env['NAME'] = value}. */
    public void putAt(String name, @Nullable Object value) {
        setProperty(name, value);
    }
}
