package io.jenkins.plugins.amirefresh.simulator.ec2.instances;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What EC2 says of an instance that its user stopped. */
final class UserInitiated {

    static final Instance.StateReason SHUTDOWN =
            Instance.StateReason.of("Client.UserInitiatedShutdown", "User initiated shutdown");

    /** Source: EC2 User Guide, "Hibernate an Amazon EC2 instance": the code says that hibernation was initiated. */
    static final Instance.StateReason HIBERNATE =
            Instance.StateReason.of("Client.UserInitiatedHibernate", "User initiated hibernate");

    private UserInitiated() {}

    /** The reason of the transition, with its moment. */
    static String at(Instant moment) {
        String text = moment.truncatedTo(ChronoUnit.SECONDS)
                .toString()
                .replace("T", " ")
                .replace("Z", " GMT");
        return "User initiated (" + text + ")";
    }
}
