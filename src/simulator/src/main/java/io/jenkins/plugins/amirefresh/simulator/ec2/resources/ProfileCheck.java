package io.jenkins.plugins.amirefresh.simulator.ec2.resources;

import com.fasterxml.jackson.databind.JsonNode;

/** What a launch asks of the instance profile it names. */
@FunctionalInterface
public interface ProfileCheck {

    /**
     * Lets a launch pass whose profile exists, or that names none.
     *
     * @param given an IamInstanceProfile, missing when none is given
     * @throws io.jenkins.plugins.amirefresh.simulator.kernel.AwsError InvalidParameterValue for one that does not exist
     */
    void require(String account, JsonNode given);
}
