package io.jenkins.plugins.amirefresh.runner.interpreter;

import com.cloudbees.groovy.cps.SerializableScript;
import groovy.lang.Binding;
import groovy.lang.GroovyRuntimeException;
import groovy.lang.MissingPropertyException;
import java.util.Optional;
import org.codehaus.groovy.runtime.DefaultGroovyMethods;
import org.codehaus.groovy.runtime.InvokerHelper;
import org.jspecify.annotations.Nullable;

/**
 * Base class of every script: the Jenkinsfile and each file in {@code vars/}.
 *
 * <p>A name that is called is looked up among the script's variables, then the global ones, then the steps; a name that
 * is read among the script's variables, the global ones, then the environment.
 */
public abstract class PipelineScript extends SerializableScript {
    private static final long serialVersionUID = 1L;
    private static final String STEPS = "steps";

    private @Nullable PipelineRuntime runtime;

    /** Called by the compiled script. */
    protected PipelineScript() {}

    /** Called by the compiled script. */
    protected PipelineScript(Binding binding) {
        super(binding);
    }

    /** Connects a new script to its build. */
    public final void attach(PipelineRuntime build) {
        runtime = build;
        getBinding().setVariable(STEPS, new StepsObject(build));
    }

    private PipelineRuntime runtime() {
        if (runtime == null) {
            throw new GroovyRuntimeException("steps and variables cannot be used while a script is being created");
        }
        return runtime;
    }

    @Override
    public final @Nullable Object invokeMethod(String name, @Nullable Object args) {
        if (getBinding().hasVariable(name)) {
            Object variable = getBinding().getVariable(name);
            Object[] list = args instanceof Object[] array ? array : new Object[] {args};
            if (!InvokerHelper.getMetaClass(variable)
                    .respondsTo(variable, "call", list)
                    .isEmpty()) {
                return InvokerHelper.getMetaClass(variable).invokeMethod(variable, "call", args);
            }
        }
        Optional<Object> global = runtime().globals().find(name, this);
        if (global.isPresent()) {
            Object variable = global.get();
            return InvokerHelper.getMetaClass(variable).invokeMethod(variable, "call", args);
        }
        return new StepsObject(runtime()).invokeMethod(name, args);
    }

    @Override
    public final @Nullable Object getProperty(String property) {
        try {
            return super.getProperty(property);
        } catch (MissingPropertyException missing) {
            if (runtime == null) {
                throw missing;
            }
            Optional<Object> global = runtime.globals().find(property, this);
            if (global.isPresent()) {
                return global.get();
            }
            String variable = runtime.environmentHere().get(property);
            if (variable != null) {
                return variable;
            }
            throw missing;
        }
    }

    @Override
    public void println() {
        invokeMethod("echo", "");
    }

    @Override
    public void print(Object value) {
        println(value);
    }

    @Override
    public void println(Object value) {
        invokeMethod("echo", String.valueOf(value));
    }

    @Override
    public void printf(String format, Object value) {
        println(DefaultGroovyMethods.sprintf(this, format, value));
    }

    @Override
    public void printf(String format, Object[] values) {
        println(DefaultGroovyMethods.sprintf(this, format, values));
    }

    /** The step {@code sleep}, which Groovy's own method of that name would hide. */
    public @Nullable Object sleep(long time) {
        return invokeMethod("sleep", time);
    }
}
