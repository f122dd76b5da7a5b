package io.jenkins.plugins.amirefresh.runner.interpreter;

import io.jenkins.plugins.amirefresh.model.Suggestion;

/** A call passed a parameter the step does not have. */
public final class UnknownParameterException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    UnknownParameterException(StepSignature signature, String name) {
        super(signature.name() + " has no parameter '" + name + "'"
                + Suggestion.of(
                        name,
                        signature.parameters().stream().map(StepParameter::name).toList())
                + "; it takes " + signature.parameterNames());
    }
}
