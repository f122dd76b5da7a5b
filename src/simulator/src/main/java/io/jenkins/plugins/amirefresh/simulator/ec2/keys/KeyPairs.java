package io.jenkins.plugins.amirefresh.simulator.ec2.keys;

import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Place;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Tags;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The key pairs of one account and region. */
public final class KeyPairs {

    private final Place place;
    private final Map<String, KeyPair> byName = new TreeMap<>();

    /** None yet. */
    public KeyPairs(Place place) {
        this.place = place;
    }

    /**
     * A new key pair.
     *
     * @throws AwsError InvalidKeyPair.Duplicate
     */
    KeyPair add(String name, String type, String fingerprint, String publicKey, Tags tags) {
        refuseTaken(name);
        KeyPair pair = new KeyPair(place.newId("key"), name, type, fingerprint, publicKey, place.now(), tags);
        byName.put(name, pair);
        place.log(pair.id(), "key pair " + name + " created");
        return pair;
    }

    /** One that an account file takes for granted, of which nobody has the private half. */
    public void addDeclared(String name) {
        if (find(name).isEmpty()) {
            add(name, "ed25519", "", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA" + "A".repeat(42), new Tags());
        }
    }

    /** @throws AwsError InvalidKeyPair.Duplicate */
    void refuseTaken(String name) {
        if (byName.containsKey(name)) {
            throw AwsError.client("InvalidKeyPair.Duplicate", "The keypair already exists");
        }
    }

    void remove(KeyPair pair) {
        byName.remove(pair.name());
        place.log(pair.id(), "key pair " + pair.name() + " deleted");
    }

    /** By name. */
    public Collection<KeyPair> all() {
        return Collections.unmodifiableCollection(byName.values());
    }

    /** One by name. */
    public Optional<KeyPair> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /**
     * The one with this name.
     *
     * @throws AwsError InvalidKeyPair.NotFound
     */
    public KeyPair named(String name) {
        return find(name)
                .orElseThrow(
                        () -> AwsError.client("InvalidKeyPair.NotFound", "The key pair '" + name + "' does not exist"));
    }
}
