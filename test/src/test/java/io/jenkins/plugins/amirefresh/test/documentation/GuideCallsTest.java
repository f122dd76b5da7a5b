package io.jenkins.plugins.amirefresh.test.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import groovy.lang.Binding;
import groovy.lang.GroovyRuntimeException;
import groovy.lang.GroovyShell;
import groovy.lang.Script;
import io.jenkins.plugins.amirefresh.step.StepDefinition;
import io.jenkins.plugins.amirefresh.step.catalog.StepCall;
import io.jenkins.plugins.amirefresh.step.catalog.StepCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documentation tells people to write is what a declarative pipeline takes before it runs. */
class GuideCallsTest {

    private static final Path ROOT = Path.of("..");

    private static final Map<String, StepDefinition> STEPS =
            StepCatalog.all().stream().collect(Collectors.toMap(StepDefinition::functionName, step -> step));

    private static final Pattern CALL = Pattern.compile("(?<![\\w.])(" + String.join("|", STEPS.keySet()) + ")[ (]\\s*"
            + "((?:[a-zA-Z]+: *[^`\\n]*(?:,\\n\\s+(?=[a-zA-Z]+:))?)+)");

    /** Whatever it calls is remembered with its literals. */
    public abstract static class Remembering extends Script {
        @Override
        public Object invokeMethod(String name, Object arguments) {
            Object first = arguments instanceof Object[] all && all.length == 1 ? all[0] : "";
            @SuppressWarnings("unchecked")
            Map<String, Object> calls = getBinding().getVariables();
            calls.put("call " + name, first);
            return first;
        }
    }

    private static List<Path> documents() throws IOException {
        List<Path> files = new ArrayList<>(List.of(ROOT.resolve("README.md"), ROOT.resolve("Jenkinsfile")));
        for (String folder : List.of("docs", "vars")) {
            try (Stream<Path> found = Files.walk(ROOT.resolve(folder))) {
                found.filter(file -> file.toString().matches(".*(\\.md|\\.txt|Jenkinsfile)"))
                        .forEach(files::add);
            }
        }
        return files;
    }

    /** The literals of a call; empty when it is no whole one, or computes something. */
    private static Optional<Map<?, ?>> literals(String name, String arguments) {
        Binding binding = new Binding();
        org.codehaus.groovy.control.CompilerConfiguration configuration =
                new org.codehaus.groovy.control.CompilerConfiguration();
        configuration.setScriptBaseClass(Remembering.class.getName());
        for (String given : List.of(arguments, arguments.replaceAll("\\).*$", ""))) {
            try {
                new GroovyShell(Remembering.class.getClassLoader(), binding, configuration)
                        .evaluate(name + "(" + given.strip() + ")");
                return binding.getVariable("call " + name) instanceof Map<?, ?> map
                        ? Optional.of(map)
                        : Optional.empty();
            } catch (GroovyRuntimeException e) {
                // The next form, or none.
            }
        }
        return Optional.empty();
    }

    @Test
    void whenTheDocumentationShowsACall_thenItIsNotRefused() throws IOException {
        // given
        Map<String, Map<String, String>> refused = new LinkedHashMap<>();
        int looked = 0;

        // when
        for (Path document : documents()) {
            Matcher matcher = CALL.matcher(Files.readString(document));
            while (matcher.find()) {
                StepDefinition step = Objects.requireNonNull(STEPS.get(matcher.group(1)));
                Optional<Map<?, ?>> literals = literals(matcher.group(1), matcher.group(2));
                if (literals.isEmpty()) {
                    continue;
                }
                looked++;
                Map<String, Object> values = new LinkedHashMap<>();
                literals.get().forEach((key, value) -> values.put(key.toString(), value));
                Map<String, String> problems = new LinkedHashMap<>(StepCall.problems(step, values));
                values.keySet().stream()
                        .filter(key -> step.parameters().stream()
                                .noneMatch(spec -> spec.name().equals(key)))
                        .forEach(key -> problems.put(key, "no parameter of " + step.functionName()));
                if (!problems.isEmpty()) {
                    refused.put(document + ": " + matcher.group(), problems);
                }
            }
        }

        // then
        assertThat(refused).isEmpty();
        assertThat(looked).isGreaterThan(25);
    }
}
