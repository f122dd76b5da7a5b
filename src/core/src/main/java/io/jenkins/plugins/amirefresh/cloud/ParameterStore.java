package io.jenkins.plugins.amirefresh.cloud;

/** Parameters of Systems Manager. */
public interface ParameterStore {

    /**
     * The value of a parameter, decrypted. Permission: {@code ssm:GetParameter}, and the key's when it is a SecureString.
     *
     * @throws CloudException.NotFound when there is no such parameter
     */
    String value(String name);
}
