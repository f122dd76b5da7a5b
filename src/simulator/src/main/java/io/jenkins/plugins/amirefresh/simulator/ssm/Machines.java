package io.jenkins.plugins.amirefresh.simulator.ssm;

import io.jenkins.plugins.amirefresh.simulator.account.Behaviour.CommandOutcome;
import io.jenkins.plugins.amirefresh.simulator.kernel.AccountRegion;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The machines that Systems Manager reaches. */
public interface Machines {

    /** Whether the agent of an instance answers: it runs and has booted. */
    boolean isManaged(AccountRegion at, String instanceId);

    /** The instances with a tag, in whatever state, by id. */
    List<String> tagged(AccountRegion at, String key, List<String> values);

    /** What the account file declares for a script on this machine, empty when nothing. */
    Optional<CommandOutcome> outcome(AccountRegion at, String instanceId, String script);

    /** The tags of an instance, none when there is no such instance. */
    Map<String, String> tags(AccountRegion at, String instanceId);
}
