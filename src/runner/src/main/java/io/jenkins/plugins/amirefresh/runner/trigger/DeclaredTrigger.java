package io.jenkins.plugins.amirefresh.runner.trigger;

import io.jenkins.plugins.amirefresh.model.AwsRegion;
import io.jenkins.plugins.amirefresh.model.Suggestion;
import io.jenkins.plugins.amirefresh.step.events.EventWatch;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterException;
import io.jenkins.plugins.amirefresh.step.parameters.Parameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.builder.AstBuilder;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MapEntryExpression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.ast.stmt.Statement;
import org.codehaus.groovy.control.CompilationFailedException;
import org.codehaus.groovy.control.CompilePhase;

/**
 * The trigger as it stands in a Jenkinsfile, in {@code triggers} or in {@code pipelineTriggers}.
 *
 * @param watched the queue and whose events are meant
 * @param parameters the names of the build parameters that the job declares
 */
public record DeclaredTrigger(EventWatch.Watched watched, AwsRegion region, Set<String> parameters) {

    private static final String NAME = "amiRefreshEvents";
    private static final List<String> ARGUMENTS =
            List.of("queue", "region", "credentialsId", "quietFor", "stepFunctions");
    private static final Set<String> DEFINITIONS = Set.of("string", "text", "booleanParam", "choice", "password");

    /** Copies the set. */
    public DeclaredTrigger {
        parameters = Set.copyOf(parameters);
    }

    /**
     * Finds it.
     *
     * @param job the name of the job
     * @throws ParameterException when there is none, or it has an argument that Jenkins would refuse
     * @throws IOException when the file cannot be read
     */
    public static DeclaredTrigger of(Path jenkinsfile, String job) throws IOException {
        Finder finder = new Finder();
        for (ASTNode node : parsed(jenkinsfile)) {
            if (node instanceof Statement statement) {
                statement.visit(finder);
            }
        }
        if (finder.triggers.size() != 1) {
            throw new ParameterException(jenkinsfile + " has "
                    + (finder.triggers.isEmpty() ? "no trigger" : finder.triggers.size() + " triggers") + " " + NAME
                    + "; it needs one, such as triggers { " + NAME
                    + "(queue: 'asg-changes', region: 'eu-west-1') }");
        }
        return of(finder.triggers.get(0), job, finder.parameters);
    }

    private static List<ASTNode> parsed(Path jenkinsfile) throws IOException {
        try {
            return new AstBuilder().buildFromString(CompilePhase.CONVERSION, false, Files.readString(jenkinsfile));
        } catch (CompilationFailedException e) {
            throw new ParameterException(jenkinsfile + " is no Groovy: " + e.getMessage());
        }
    }

    private static DeclaredTrigger of(Map<String, String> arguments, String job, Set<String> parameters) {
        for (String name : arguments.keySet()) {
            if (!ARGUMENTS.contains(name)) {
                throw new ParameterException(
                        NAME + " has no parameter '" + name + "'" + Suggestion.of(name, ARGUMENTS));
            }
        }
        String quiet = arguments.getOrDefault("quietFor", "");
        Set<String> functions = Stream.of(
                        arguments.getOrDefault("stepFunctions", "").split(",", -1))
                .map(String::trim)
                .filter(function -> !function.isEmpty())
                .collect(Collectors.toSet());
        return new DeclaredTrigger(
                new EventWatch.Watched(
                        arguments.getOrDefault("queue", "").trim(),
                        job,
                        functions,
                        quiet.isEmpty() ? Duration.ofMinutes(1) : Parameters.parseDuration("quietFor", quiet)),
                region(arguments.getOrDefault("region", "").trim()),
                parameters);
    }

    private static AwsRegion region(String text) {
        try {
            return new AwsRegion(text);
        } catch (IllegalArgumentException e) {
            throw ParameterException.of("region", text, "a region such as eu-west-1");
        }
    }

    private static final class Finder extends CodeVisitorSupport {
        private final List<Map<String, String>> triggers = new ArrayList<>();
        private final Set<String> parameters = new TreeSet<>();

        @Override
        public void visitMethodCallExpression(MethodCallExpression call) {
            String name = call.getMethodAsString();
            if (NAME.equals(name)) {
                triggers.add(arguments(call));
            } else if (name != null && DEFINITIONS.contains(name)) {
                String declared = arguments(call).get("name");
                if (declared != null) {
                    parameters.add(declared);
                }
            }
            super.visitMethodCallExpression(call);
        }

        /** Constants, by name; what is computed is not known before a build runs. */
        private static Map<String, String> arguments(MethodCallExpression call) {
            Map<String, String> arguments = new HashMap<>();
            if (call.getArguments() instanceof TupleExpression tuple) {
                for (Expression argument : tuple.getExpressions()) {
                    if (argument instanceof MapExpression map) {
                        map.getMapEntryExpressions().forEach(entry -> put(arguments, entry));
                    }
                }
            }
            return arguments;
        }

        private static void put(Map<String, String> arguments, MapEntryExpression entry) {
            if (entry.getValueExpression() instanceof ConstantExpression constant) {
                arguments.put(entry.getKeyExpression().getText(), String.valueOf(constant.getValue()));
            } else {
                arguments.put(entry.getKeyExpression().getText(), "");
            }
        }
    }
}
