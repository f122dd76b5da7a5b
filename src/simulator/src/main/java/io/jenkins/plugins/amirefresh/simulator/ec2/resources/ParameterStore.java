package io.jenkins.plugins.amirefresh.simulator.ec2.resources;

import io.jenkins.plugins.amirefresh.simulator.kernel.AccountRegion;
import java.util.Optional;

/** Where EC2 looks up an AMI id that is given as {@code resolve:ssm:NAME}. */
@FunctionalInterface
public interface ParameterStore {

    /** The parameter's value now. */
    Optional<String> value(AccountRegion at, String name);
}
