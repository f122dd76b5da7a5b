package io.jenkins.plugins.amirefresh.step.fakes;

import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.cloud.TemporaryResources;
import io.jenkins.plugins.amirefresh.model.InstanceId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a build left: instances by the name of their key pair; each shuts down for one look more. */
public final class FakeTemporaryResources implements TemporaryResources {

    /** Names of key pairs by instance. */
    public final Map<String, String> instances = new TreeMap<>();

    /** Names. */
    public final Set<String> keyPairs = new TreeSet<>();

    /** Ids by name. */
    public final Map<String, String> securityGroups = new TreeMap<>();

    /** Every deletion. */
    public final List<String> changes = new ArrayList<>();

    /** Deletions are refused. */
    public boolean denied;

    private final Set<String> shuttingDown = new TreeSet<>();

    @Override
    public Found find(Collection<String> names) {
        Map<InstanceId, String> found = instances.entrySet().stream()
                .filter(instance -> names.contains(instance.getValue()))
                .collect(Collectors.toMap(
                        instance -> new InstanceId(instance.getKey()),
                        instance -> shuttingDown.contains(instance.getKey()) ? "shutting-down" : "running"));
        instances.keySet().removeAll(shuttingDown);
        Set<String> pairs = new TreeSet<>(keyPairs);
        pairs.retainAll(names);
        Map<String, String> groups = new TreeMap<>(securityGroups);
        groups.keySet().retainAll(names);
        return new Found(found, pairs, groups);
    }

    private void change(String what) {
        if (denied) {
            throw new CloudException.AccessDenied(
                    what + " in eu-west-1: UnauthorizedOperation", "UnauthorizedOperation", null);
        }
        changes.add(what);
    }

    @Override
    public void terminate(InstanceId instance) {
        change("terminate " + instance);
        shuttingDown.add(instance.value());
    }

    @Override
    public void deleteKeyPair(String name) {
        change("delete key pair " + name);
        keyPairs.remove(name);
    }

    @Override
    public void deleteSecurityGroup(String id) {
        change("delete security group " + id);
        securityGroups.values().remove(id);
    }
}
