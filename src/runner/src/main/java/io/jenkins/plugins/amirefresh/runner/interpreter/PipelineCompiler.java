package io.jenkins.plugins.amirefresh.runner.interpreter;

import com.cloudbees.groovy.cps.CpsTransformer;
import com.cloudbees.groovy.cps.NonCPS;
import com.cloudbees.groovy.cps.TransformerConfiguration;
import groovy.lang.GroovyClassLoader;
import groovy.lang.GroovyCodeSource;
import java.net.MalformedURLException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.codehaus.groovy.control.CompilationFailedException;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.codehaus.groovy.control.MultipleCompilationErrorsException;
import org.codehaus.groovy.control.customizers.CompilationCustomizer;
import org.codehaus.groovy.control.customizers.ImportCustomizer;
import org.codehaus.groovy.control.messages.SyntaxErrorMessage;
import org.codehaus.groovy.syntax.SyntaxException;

/** Compiles pipeline scripts so that they can be suspended and saved between any two steps. */
public final class PipelineCompiler {
    private final GroovyClassLoader loader;

    /** Compiles with further customizers, which see the source as it was written. */
    public PipelineCompiler(ClassLoader parent, List<CompilationCustomizer> first, List<Class<?>> imports) {
        CompilerConfiguration configuration = new CompilerConfiguration();
        configuration.setScriptBaseClass(PipelineScript.class.getName());
        configuration.addCompilationCustomizers(new JenkinsNames());
        first.forEach(configuration::addCompilationCustomizers);
        ImportCustomizer names = new ImportCustomizer();
        names.addStarImports(NonCPS.class.getPackageName());
        imports.forEach(type -> names.addImports(type.getName()));
        CpsTransformer transformer = new CpsTransformer();
        transformer.setConfiguration(new TransformerConfiguration().withClosureType(PipelineClosure.class));
        configuration.addCompilationCustomizers(names, transformer);
        this.loader = new GroovyClassLoader(parent, configuration);
    }

    /** Defines the classes of every script. */
    public GroovyClassLoader loader() {
        return loader;
    }

    /** Makes the Groovy classes of a directory visible to scripts. */
    public void addDirectory(Path directory) {
        try {
            loader.addURL(directory.toUri().toURL());
        } catch (MalformedURLException e) {
            throw new IllegalStateException("a directory has no URL: " + directory, e);
        }
    }

    /** Compiles a script; {@code name} is what places in it are called by. */
    public PipelineScript parse(String text, String name) throws ScriptCompilationException {
        try {
            return create(loader.parseClass(new GroovyCodeSource(text, name, "/pipeline")));
        } catch (CompilationFailedException e) {
            throw problems(e, name);
        }
    }

    /** The script of that class name in an added directory, or of one that was compiled before. */
    public PipelineScript load(String className) throws ScriptCompilationException {
        try {
            return create(loader.loadClass(className));
        } catch (CompilationFailedException e) {
            throw problems(e, className);
        } catch (ClassNotFoundException e) {
            throw new ScriptCompilationException(List.of(className + ": there is no such script"), false, e);
        }
    }

    private static PipelineScript create(Class<?> type) throws ScriptCompilationException {
        try {
            return (PipelineScript) type.getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException | ClassCastException e) {
            throw new ScriptCompilationException(List.of(type.getName() + ": not a script: " + e), false, e);
        }
    }

    private static ScriptCompilationException problems(CompilationFailedException failure, String name) {
        if (!(failure instanceof MultipleCompilationErrorsException several)) {
            return new ScriptCompilationException(List.of(name + ": " + failure.getMessage()), false, failure);
        }
        List<SyntaxException> errors = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        for (Object message : several.getErrorCollector().getErrors()) {
            if (message instanceof SyntaxErrorMessage syntax) {
                errors.add(syntax.getCause());
            } else {
                lines.add(name + ": " + firstLine(message));
            }
        }
        errors.sort(Comparator.comparingInt(SyntaxException::getLine));
        errors.forEach(
                e -> lines.add(place(e, name) + ": " + e.getOriginalMessage().trim()));
        boolean isRefused =
                lines.size() == errors.size() && errors.stream().allMatch(PipelineSyntaxException.class::isInstance);
        return new ScriptCompilationException(lines, isRefused, failure);
    }

    private static String place(SyntaxException error, String name) {
        String file = Optional.ofNullable(error.getSourceLocator()).orElse(name);
        return SourcePlace.first(List.of(new StackTraceElement("", "", file, error.getLine())));
    }

    private static String firstLine(Object message) {
        if (message instanceof org.codehaus.groovy.control.messages.ExceptionMessage exception) {
            return String.valueOf(exception.getCause());
        }
        if (message instanceof org.codehaus.groovy.control.messages.SimpleMessage simple) {
            return simple.getMessage().trim();
        }
        return String.valueOf(message);
    }
}
