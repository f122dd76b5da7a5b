package io.jenkins.plugins.amirefresh.step.fakes;

import io.jenkins.plugins.amirefresh.model.Ami;
import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.model.BlockDevice;
import io.jenkins.plugins.amirefresh.model.BlockDevices;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Builds AMIs: available, x86_64, unless a test says otherwise. */
public final class FakeAmi {

    private final String id;
    private final String owner;
    private String name;
    private String state = "available";
    private Instant createdAt = FakeAccount.CREATED;
    private String architecture = "x86_64";
    private String bootMode = "";
    private boolean enaSupport = true;
    private String rootDeviceName = "/dev/xvda";
    private String rootDeviceType = "ebs";
    private int sizeGib = 8;
    private Map<String, String> tags = Map.of();

    private FakeAmi(String id, String owner) {
        this.id = id;
        this.owner = owner;
        // An account has a name once in a region.
        this.name = "image-" + id;
    }

    public static FakeAmi of(String id, String owner) {
        return new FakeAmi(id, owner);
    }

    public FakeAmi name(String value) {
        name = value;
        return this;
    }

    public FakeAmi state(String value) {
        state = value;
        return this;
    }

    public FakeAmi createdAt(Instant value) {
        createdAt = value;
        return this;
    }

    public FakeAmi architecture(String value) {
        architecture = value;
        return this;
    }

    public FakeAmi bootMode(String value) {
        bootMode = value;
        return this;
    }

    public FakeAmi withoutEna() {
        enaSupport = false;
        return this;
    }

    public FakeAmi rootDevice(String deviceName, String type, int gib) {
        rootDeviceName = deviceName;
        rootDeviceType = type;
        sizeGib = gib;
        return this;
    }

    public FakeAmi tags(Map<String, String> value) {
        tags = value;
        return this;
    }

    public Ami build() {
        return new Ami(
                new AmiId(id),
                name,
                owner,
                state,
                createdAt,
                architecture,
                bootMode,
                enaSupport,
                rootDeviceName,
                rootDeviceType,
                new BlockDevices(List.of(new BlockDevice(rootDeviceName, "", sizeGib))),
                tags);
    }
}
