package io.jenkins.plugins.amirefresh.runner.interpreter;

import com.cloudbees.groovy.cps.impl.CallSiteBlock;
import com.cloudbees.groovy.cps.sandbox.DefaultInvoker;
import com.cloudbees.groovy.cps.sandbox.Invoker;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes the calls of transformed code; refuses what Jenkins' Groovy sandbox refuses to every pipeline because it would
 * reach the controller itself.
 */
final class ScriptInvoker extends DefaultInvoker {
    private static final long serialVersionUID = 1L;
    private static final Set<String> CLOSED_CLASSES = Set.of(
            "java.lang.System",
            "java.lang.Runtime",
            "java.lang.Thread",
            "java.lang.ProcessBuilder",
            "java.lang.ClassLoader",
            "java.io.File",
            "java.io.FileReader",
            "java.io.FileWriter",
            "java.io.FileInputStream",
            "java.io.FileOutputStream",
            "java.nio.file.Files",
            "java.nio.file.Paths",
            "java.net.Socket",
            "java.net.ServerSocket",
            "groovy.lang.GroovyShell",
            "groovy.lang.GroovyClassLoader",
            "jenkins.model.Jenkins");
    private static final Set<String> OPEN_METHODS = Set.of("currentTimeMillis", "nanoTime", "lineSeparator");

    private final PipelineRuntime runtime;

    ScriptInvoker(PipelineRuntime runtime) {
        this.runtime = runtime;
    }

    @Override
    public @Nullable Object methodCall(@Nullable Object receiver, String method, Object[] args) throws Throwable {
        if (receiver instanceof Class<?> type && CLOSED_CLASSES.contains(type.getName())) {
            return staticCall(receiver, type, method, args);
        }
        if (method.equals("execute") && (receiver instanceof CharSequence || receiver instanceof java.util.List)) {
            throw new RejectedAccessException("staticMethod org.codehaus.groovy.runtime.ProcessGroovyMethods execute");
        }
        return super.methodCall(receiver, method, args);
    }

    private @Nullable Object staticCall(Object receiver, Class<?> type, String method, Object[] args) throws Throwable {
        if (!OPEN_METHODS.contains(method)) {
            throw new RejectedAccessException("staticMethod " + type.getName() + " " + method);
        }
        if (method.equals("currentTimeMillis")) {
            return runtime.build().time().now().toEpochMilli();
        }
        return super.methodCall(receiver, method, args);
    }

    @Override
    @SuppressWarnings("rawtypes") // the interpreter's own signature
    public Object constructorCall(Class type, Object[] args) throws Throwable {
        if (CLOSED_CLASSES.contains(type.getName())) {
            throw new RejectedAccessException("new " + type.getName());
        }
        if (type == java.util.Date.class && args.length == 0) {
            return java.util.Date.from(runtime.build().time().now());
        }
        Object created = super.constructorCall(type, args);
        if (created instanceof PipelineScript script) {
            script.attach(runtime);
        }
        return created;
    }

    @Override
    public Invoker contextualize(CallSiteBlock site) {
        return this;
    }
}
