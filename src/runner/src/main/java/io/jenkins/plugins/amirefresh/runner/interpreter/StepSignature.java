package io.jenkins.plugins.amirefresh.runner.interpreter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a step is called.
 *
 * @param name its function name
 * @param parameters its parameters, required ones first
 * @param unnamed the parameter a single unnamed argument stands for, or null
 * @param body whether it takes a block
 * @param isOpen whether it also takes parameters that are not listed
 */
public record StepSignature(
        String name, List<StepParameter> parameters, @Nullable String unnamed, Body body, boolean isOpen) {
    /** Whether a step takes a block. */
    public enum Body {
        NONE,
        OPTIONAL,
        REQUIRED
    }

    /** Copies. */
    public StepSignature {
        parameters = List.copyOf(parameters);
    }

    /** A step without parameters and block. */
    public static StepSignature of(String name) {
        return new StepSignature(name, List.of(), null, Body.NONE, false);
    }

    /** With required parameters; the first can be given without its name if it is the only one. */
    public StepSignature requires(String... names) {
        return new StepSignature(name, with(names, true), names.length == 1 ? names[0] : unnamed, body, isOpen);
    }

    /** With optional parameters. */
    public StepSignature accepts(String... names) {
        return new StepSignature(name, with(names, false), unnamed, body, isOpen);
    }

    /** With the parameter that a single unnamed argument stands for. */
    public StepSignature unnamed(String parameter) {
        return new StepSignature(name, parameters, parameter, body, isOpen);
    }

    /** With a block that must be there. */
    public StepSignature withBody() {
        return new StepSignature(name, parameters, unnamed, Body.REQUIRED, isOpen);
    }

    /** With a block that may be there. */
    public StepSignature withOptionalBody() {
        return new StepSignature(name, parameters, unnamed, Body.OPTIONAL, isOpen);
    }

    /** With whatever else is given. */
    public StepSignature open() {
        return new StepSignature(name, parameters, unnamed, body, true);
    }

    /** The parameter of that name. */
    public Optional<StepParameter> parameter(String parameter) {
        return parameters.stream().filter(p -> p.name().equals(parameter)).findFirst();
    }

    /** Whether a call may pass {@code parameter}. */
    public boolean knows(String parameter) {
        return isOpen || parameter(parameter).isPresent();
    }

    /** The parameters' names for a message: "a, b and c", or "no parameters". */
    public String parameterNames() {
        if (parameters.isEmpty()) {
            return "no parameters";
        }
        return String.join(", ", parameters.stream().map(StepParameter::name).toList());
    }

    private List<StepParameter> with(String[] names, boolean isRequired) {
        List<StepParameter> all = new ArrayList<>(parameters);
        Arrays.stream(names).forEach(n -> all.add(new StepParameter(n, isRequired)));
        return all;
    }
}
