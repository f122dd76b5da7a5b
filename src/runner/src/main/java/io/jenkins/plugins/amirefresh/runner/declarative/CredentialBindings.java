package io.jenkins.plugins.amirefresh.runner.declarative;

import io.jenkins.plugins.amirefresh.runner.build.Credential;
import io.jenkins.plugins.amirefresh.runner.interpreter.PipelineRuntime;
import io.jenkins.plugins.amirefresh.runner.interpreter.Symbol;
import java.util.List;
import java.util.Map;

/**
 * What {@code NAME = credentials('id')} binds, by the kind of the credential.
 *
 * <p>Source: Jenkins handbook, "Using a Jenkinsfile", helper method credentials(): a user name with password gives NAME,
 * NAME_USR and NAME_PSW. Only the kinds that Declarative has a handler for can be used.
 */
final class CredentialBindings {
    private CredentialBindings() {}

    static List<Symbol> of(PipelineRuntime runtime, String name, String id) {
        Credential credential = runtime.build().settings().credentials().get(id);
        if (credential instanceof Credential.UsernamePassword) {
            return List.of(
                    new Symbol("usernameColonPassword", Map.of("credentialsId", id, "variable", name)),
                    new Symbol(
                            "usernamePassword",
                            Map.of(
                                    "credentialsId", id,
                                    "usernameVariable", name + "_USR",
                                    "passwordVariable", name + "_PSW")));
        }
        if (credential instanceof Credential.SecretFile) {
            return List.of(new Symbol("file", Map.of("credentialsId", id, "variable", name)));
        }
        if (credential instanceof Credential.AwsKeys) {
            throw new IllegalArgumentException("credentials('" + id
                    + "'): Declarative has no handler for AWS credentials; use withCredentials([aws(...)])");
        }
        return List.of(new Symbol("string", Map.of("credentialsId", id, "variable", name)));
    }
}
