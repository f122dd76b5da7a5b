package io.jenkins.plugins.amirefresh.simulator.ec2.keys;

import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Tagged;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Tags;
import java.time.Instant;

/**
 * A key pair of which EC2 keeps the public half.
 *
 * @param type {@code rsa} or {@code ed25519}
 * @param publicKey one line in OpenSSH's form
 */
public record KeyPair(
        String id, String name, String type, String fingerprint, String publicKey, Instant createTime, Tags tags)
        implements Tagged {

    @Override
    public String resourceType() {
        return "key-pair";
    }
}
