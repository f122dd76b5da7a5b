package io.jenkins.plugins.amirefresh.simulator.account;

/**
 * A customer managed key of AWS KMS, as far as volumes need it.
 *
 * @param name images refer to it; its alias
 * @param state AWS's word, {@code Enabled} when not said
 * @param autoScaling whether Auto Scaling's role may use it; it may when not said
 */
public record DeclaredKmsKey(int line, String name, String state, Boolean autoScaling) {

    public DeclaredKmsKey {
        state = Lists.or(state, "Enabled");
        autoScaling = Lists.or(autoScaling, true);
    }
}
