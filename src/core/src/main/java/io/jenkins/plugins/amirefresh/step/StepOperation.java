package io.jenkins.plugins.amirefresh.step;

/**
 * What a step does, in short, resumable units. It keeps nothing between two calls: everything it knows is in the
 * {@link StepState}, so a host may drop it and make a new one at any moment.
 *
 * <p>Thread: one call at a time per execution, never on Jenkins' CPS thread or Timer; blocks on nothing but AWS calls.
 */
public interface StepOperation {

    /**
     * Does one unit of work: observe, decide, save the intent with {@link StepHost#save}, act, return the new state.
     * The host saves the returned state. The first call gets {@link StepState#EMPTY}.
     *
     * @throws io.jenkins.plugins.amirefresh.step.parameters.ParameterException bad input, before the first change
     * @throws io.jenkins.plugins.amirefresh.cloud.CloudException the host fails the step with its message
     */
    Progress advance(StepState state, StepHost host);

    /**
     * Brings the fleet to a safe, described place; called again until it ends. {@link Progress.Again} asks for more time:
     * when the build cannot give it, the host's finisher goes on from the saved state.
     */
    Progress stop(StepState state, StopReason reason, StepHost host);

    /** One short line for people about where it stands. */
    String describe(StepState state);
}
