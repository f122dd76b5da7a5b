package io.jenkins.plugins.amirefresh.simulator.ec2.storage;

import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Place;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The customer managed keys of one account and region that an account file declares; others are in order. Source: EC2 Auto
 * Scaling User Guide, "Required AWS KMS key policy for use with encrypted volumes".
 */
public final class KmsKeys {

    private final Place place;
    private final Map<String, Key> byName = new TreeMap<>();

    /** None yet. */
    public KmsKeys(Place place) {
        this.place = place;
    }

    private record Key(String arn, boolean isEnabled, boolean admitsAutoScaling) {}

    /** A key. */
    public void add(String name, boolean isEnabled, boolean admitsAutoScaling) {
        String arn = place.at().arn("kms", "key/" + place.world().ids().uuid());
        byName.put(name, new Key(arn, isEnabled, admitsAutoScaling));
    }

    /** The ARN of a key that was declared. */
    public String arn(String name) {
        return key(name).map(Key::arn).orElse(name);
    }

    private Optional<Key> key(String reference) {
        String alias = reference.substring(reference.indexOf("alias/") < 0 ? 0 : reference.indexOf("alias/") + 6);
        return Optional.ofNullable(byName.get(alias)).or(() -> byName.values().stream()
                .filter(key -> key.arn().equals(reference) || key.arn().endsWith("/" + reference))
                .findFirst());
    }

    /** EC2's code of why an instance with these volumes ends while it is pending, empty when its keys are in order. */
    public Optional<String> trouble(Collection<Volume> volumes, boolean isLaunchedByGroup) {
        for (Volume volume : volumes) {
            Optional<Key> key = key(volume.specification().kmsKeyId());
            if (key.isPresent() && !key.get().isEnabled()) {
                return Optional.of("Client.InvalidKMSKey.InvalidState");
            }
            if (key.isPresent() && isLaunchedByGroup && !key.get().admitsAutoScaling()) {
                return Optional.of("Client.InternalError");
            }
        }
        return Optional.empty();
    }
}
