package io.jenkins.plugins.amirefresh.plugin.step;

import hudson.AbortException;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.amirefresh.plugin.config.AwsCredentialsChoice;
import io.jenkins.plugins.amirefresh.plugin.execution.Operations;
import io.jenkins.plugins.amirefresh.step.catalog.StepCall;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterSpec;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterType;
import io.jenkins.plugins.amirefresh.step.parameters.Parameters;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The descriptor of each step: everything it knows comes from the definition. */
public abstract class AmiRefreshStepDescriptor extends StepDescriptor {

    private final String functionName;

    /** @param functionName a step of the catalogue */
    protected AmiRefreshStepDescriptor(String functionName) {
        this.functionName = functionName;
    }

    @Override
    public final String getFunctionName() {
        return functionName;
    }

    @Override
    public final String getDisplayName() {
        return Operations.definition(functionName).summary();
    }

    @Override
    public final Set<? extends Class<?>> getRequiredContext() {
        return Operations.definition(functionName).needsAgent()
                ? Set.of(Run.class, TaskListener.class, FlowNode.class, FilePath.class, Launcher.class)
                : Set.of(Run.class, TaskListener.class, FlowNode.class);
    }

    @Override
    public final String argumentsToString(Map<String, Object> namedArgs) {
        return namedArgs.entrySet().stream()
                .map(argument -> argument.getKey() + ": " + argument.getValue())
                .collect(Collectors.joining(", "));
    }

    /**
     * Refuses a parameter that the step does not have: Pipeline itself only warns of it, and {@code dryrun: true} would run
     * for real. Declarative asks for names before the run; scripted pipelines and {@code vars/} come here.
     *
     * @throws AbortException for an unknown parameter; its one line is all that the console shows
     */
    @Override
    @SuppressWarnings("deprecation") // What replaces it cannot end a build with one line: its method throws no checked exception.
    public final Step newInstance(Map<String, Object> arguments) throws Exception {
        List<ParameterSpec> all = Operations.definition(functionName).parameters();
        for (String name : arguments.keySet()) {
            if (all.stream().noneMatch(spec -> spec.name().equals(name))) {
                throw new AbortException(
                        Parameters.unknown(functionName, all, name).getMessage());
            }
        }
        return super.newInstance(arguments);
    }

    /** The credentials a user of this job may choose. */
    @POST
    public ListBoxModel doFillCredentialsIdItems(
            @AncestorInPath @Nullable Item item, @QueryParameter String credentialsId) {
        return AwsCredentialsChoice.items(item, credentialsId);
    }

    /** The choices of a parameter, with an empty entry for the default. */
    protected final ListBoxModel choices(String parameter) {
        ListBoxModel items = new ListBoxModel();
        items.add("", "");
        for (ParameterSpec spec : specs(parameter)) {
            List<String> values = spec.type() == ParameterType.BOOLEAN ? List.of("true", "false") : spec.choices();
            values.forEach(items::add);
        }
        return items;
    }

    /** Checks one value as the step itself would. */
    protected final FormValidation check(@Nullable Item item, String parameter, String value) {
        if (item != null) {
            item.checkPermission(Item.EXTENDED_READ);
        } else {
            Jenkins.get().checkPermission(Jenkins.READ);
        }
        if (value.isBlank()) {
            return FormValidation.ok();
        }
        String problem = StepCall.problems(
                        Operations.definition(functionName), Map.of(parameter, FormValues.read(value)))
                .get(parameter);
        return problem == null ? FormValidation.ok() : FormValidation.error(problem);
    }

    private List<ParameterSpec> specs(String parameter) {
        return Operations.definition(functionName).parameters().stream()
                .filter(spec -> spec.name().equals(parameter))
                .toList();
    }
}
