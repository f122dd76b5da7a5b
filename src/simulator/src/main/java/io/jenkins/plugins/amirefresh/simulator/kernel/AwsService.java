package io.jenkins.plugins.amirefresh.simulator.kernel;

import java.util.Map;

/** One AWS service: the operations it implements, by the model's names. */
public interface AwsService {

    /** The model's name: {@code ec2}, {@code autoscaling}, {@code elasticloadbalancingv2}, {@code sts}. */
    String name();

    /** The implemented operations; one that is missing answers an error that names it. */
    Map<String, Operation> operations();
}
