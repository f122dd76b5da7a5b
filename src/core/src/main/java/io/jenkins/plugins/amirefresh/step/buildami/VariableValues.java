package io.jenkins.plugins.amirefresh.step.buildami;

import io.jenkins.plugins.amirefresh.packer.PackerInspection;
import io.jenkins.plugins.amirefresh.packer.PackerVariables;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the variables of a template are worth before buildAmi adds its own. Packer's precedence counts: the environment, then
 * the template's {@code .auto.pkrvars} files, then {@code -var-file} and {@code -var}; so Packer is asked, where it can be.
 *
 * <p>Source: Packer documentation, "Input Variables and local variables", "Variable Definition Precedence".
 */
final class VariableValues {

    /** Variables that carry the step's own parameters: those win over a template's default. */
    private static final Set<String> PARAMETERS = Set.of("region", "copy_to_regions", "share_with");

    private static final String PREFIX = "PKR_VAR_";

    /** What is no value yet. */
    private static final Set<String> NOTHING = Set.of("", "[]", "{}");

    private final BuildRequest request;
    private final TemplateFiles template;
    private final Map<String, String> files = new LinkedHashMap<>();
    private final Map<String, String> environment = new TreeMap<>();

    private VariableValues(BuildRequest request, TemplateFiles template) {
        this.request = request;
        this.template = template;
    }

    static VariableValues read(BuildRequest request, TemplateFiles template, StepHost host) {
        VariableValues values = new VariableValues(request, template);
        for (String path : request.variablesFiles()) {
            values.files.put(
                    path,
                    host.workspace()
                            .read(path)
                            .orElseThrow(() -> ParameterException.of(
                                    BuildAmiStep.VARIABLES_FILES, path, "files that exist in the workspace")));
        }
        Set<String> named = References.environment(values.texts());
        host.environment().forEach((name, value) -> {
            boolean isVariable = name.startsWith(PREFIX)
                    && template.template().declares(name.substring(PREFIX.length()))
                    && !template.isJsonOfOld();
            if (isVariable || named.contains(name)) {
                values.environment.put(name, value);
            }
        });
        return values;
    }

    /** The texts of {@code variablesFiles} by path, in order. */
    Map<String, String> files() {
        return files;
    }

    /** Variables of the environment that the template reads, secrets among them. */
    Map<String, String> environment() {
        return environment;
    }

    /** What Packer reads itself. */
    Collection<String> texts() {
        List<String> texts = new ArrayList<>(template.texts().values());
        texts.addAll(files.values());
        return texts;
    }

    /** Those that are known without Packer; where others may give values, defaults tell nothing. */
    Map<String, String> beforePacker() {
        boolean othersGive = !files.isEmpty() || template.hasVariables() || !environment.isEmpty();
        Map<String, String> known = new TreeMap<>();
        if (template.isJsonOfOld() || !othersGive) {
            known.putAll(template.template().variables());
        }
        if (template.isJsonOfOld()) {
            files.forEach((path, text) -> known.putAll(ofJson(path, text)));
        }
        known.putAll(request.variables());
        return known;
    }

    /**
     * All of them.
     *
     * @param inspected what {@code packer inspect} wrote, empty when it cannot be asked
     */
    Map<String, String> of(String inspected) {
        Map<String, String> known = new TreeMap<>(beforePacker());
        known.putAll(PackerInspection.values(inspected));
        // Its notation of a value differs from the one that was given, so what was given counts.
        known.putAll(request.variables());
        return known;
    }

    /** The team gives this variable a value itself, which buildAmi then leaves alone. */
    boolean own(String name, Map<String, String> known) {
        String value = PackerInspection.normal(known.getOrDefault(name, ""));
        String byDefault =
                PackerInspection.normal(template.template().variables().getOrDefault(name, ""));
        boolean isGiven = !NOTHING.contains(value) && !(PARAMETERS.contains(name) && value.equals(byDefault));
        // A list is no place for a map of tags.
        return request.variables().containsKey(name) || isGiven || (name.equals("tags") && value.equals("[]"));
    }

    private static Map<String, String> ofJson(String path, String text) {
        try {
            return PackerVariables.parse(path, text);
        } catch (IllegalArgumentException e) {
            throw ParameterException.about(BuildAmiStep.VARIABLES_FILES, String.valueOf(e.getMessage()));
        }
    }
}
