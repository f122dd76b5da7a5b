package io.jenkins.plugins.amirefresh.runner.interpreter;

import com.cloudbees.groovy.cps.Block;
import com.cloudbees.groovy.cps.Env;
import com.cloudbees.groovy.cps.impl.CpsClosure;
import java.util.List;
import org.codehaus.groovy.runtime.InvokerHelper;
import org.jspecify.annotations.Nullable;

/** A closure of a pipeline: sends to its script what Groovy would else answer itself. */
public class PipelineClosure extends CpsClosure {
    private static final long serialVersionUID = 1L;

    /** Called by the interpreter. */
    public PipelineClosure(Object owner, Object thisObject, List<String> parameters, Block body, Env capture) {
        super(owner, thisObject, parameters, body, capture);
    }

    /** The step {@code sleep}. */
    public @Nullable Object sleep(long time) {
        return InvokerHelper.invokeMethod(getOwner(), "sleep", time);
    }

    /** Prints an empty line on the console. */
    public void println() {
        InvokerHelper.invokeMethod(getOwner(), "println", new Object[0]);
    }

    /** Prints a line on the console. */
    public void println(Object value) {
        InvokerHelper.invokeMethod(getOwner(), "println", new Object[] {value});
    }

    /** Prints a line on the console. */
    public void print(Object value) {
        InvokerHelper.invokeMethod(getOwner(), "print", new Object[] {value});
    }

    /** Prints a formatted line on the console. */
    public void printf(String format, Object value) {
        InvokerHelper.invokeMethod(getOwner(), "printf", new Object[] {format, value});
    }
}
