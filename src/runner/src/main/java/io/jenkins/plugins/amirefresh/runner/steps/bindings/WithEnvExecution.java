package io.jenkins.plugins.amirefresh.runner.steps.bindings;

import io.jenkins.plugins.amirefresh.runner.interpreter.BodyCallback;
import io.jenkins.plugins.amirefresh.runner.interpreter.StepContext;
import io.jenkins.plugins.amirefresh.runner.interpreter.StepExecution;
import java.io.File;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs its block with further variables; {@code NAME+ANYTHING=path} puts a path before the old value. */
final class WithEnvExecution extends StepExecution implements BodyCallback {
    private static final long serialVersionUID = 1L;

    private final List<String> overrides;

    WithEnvExecution(StepContext context, List<Object> overrides) {
        super(context);
        this.overrides = overrides.stream().map(String::valueOf).toList();
        for (String pair : this.overrides) {
            if (pair.indexOf('=') < 0) {
                throw new IllegalArgumentException("withEnv: '" + pair + "' is not NAME=value");
            }
        }
    }

    @Override
    public void start() {
        Map<String, String> old = context().environment();
        Map<String, String> added = new LinkedHashMap<>();
        for (String pair : overrides) {
            String name = pair.substring(0, pair.indexOf('='));
            String value = pair.substring(pair.indexOf('=') + 1);
            int plus = name.indexOf('+');
            if (plus > 0) {
                String target = name.substring(0, plus);
                String before = added.getOrDefault(target, old.getOrDefault(target, ""));
                added.put(target, before.isEmpty() ? value : value + File.pathSeparator + before);
            } else {
                added.put(name, value);
            }
        }
        context().runBody(context().block().withEnvironment(added), this);
    }
}
