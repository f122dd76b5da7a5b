package io.jenkins.plugins.amirefresh.launchtemplate;

import io.jenkins.plugins.amirefresh.model.Ami;
import io.jenkins.plugins.amirefresh.model.BlockDevices;
import java.util.Optional;

/**
 * Whether instances that ran one AMI can run another: what AWS would refuse at launch, or boot wrongly.
 *
 * <p>Source: EC2 User Guide, "Instance launch considerations" and "Boot modes".
 */
public final class AmiGuards {

    private AmiGuards() {}

    /** Why {@code wanted} may not replace {@code current}; empty when it may. */
    public static Optional<String> objection(Ami current, Ami wanted) {
        if (!current.architecture().equals(wanted.architecture())) {
            return differs("is", wanted, wanted.architecture(), current, current.architecture());
        }
        if (!current.rootDeviceType().equals(wanted.rootDeviceType())) {
            return differs("has root device type", wanted, wanted.rootDeviceType(), current, current.rootDeviceType());
        }
        if (!current.rootDeviceName().equals(wanted.rootDeviceName())) {
            return differs("has root device", wanted, wanted.rootDeviceName(), current, current.rootDeviceName());
        }
        if (!bootMode(current).equals(bootMode(wanted)) && !"uefi-preferred".equals(bootMode(wanted))) {
            return differs("has boot mode", wanted, bootMode(wanted), current, bootMode(current));
        }
        if (current.enaSupport() && !wanted.enaSupport()) {
            return Optional.of(wanted.id() + " has no ENA support and " + current.id()
                    + " has: current instance types could not start it");
        }
        return Optional.empty();
    }

    /**
     * Worth knowing although it is no objection; empty for nothing.
     *
     * @param mapped what the version says of volumes: a size there goes before the image's
     */
    public static Optional<String> remark(Ami current, Ami wanted, BlockDevices mapped) {
        boolean isFixed = mapped.sizeGib(wanted.rootDeviceName()) > 0;
        return !isFixed && wanted.rootVolumeSizeGib() > current.rootVolumeSizeGib() && current.rootVolumeSizeGib() > 0
                ? Optional.of("its root volume grows from " + current.rootVolumeSizeGib() + " to "
                        + wanted.rootVolumeSizeGib() + " GiB")
                : Optional.empty();
    }

    private static Optional<String> differs(String verb, Ami wanted, String value, Ami current, String other) {
        return Optional.of(wanted.id() + " " + verb + " " + value + ", " + current.id() + " " + verb + " " + other);
    }

    /** Without one, the default of the architecture. Source: EC2 User Guide, "Boot modes", "Default boot mode". */
    private static String bootMode(Ami ami) {
        if (!ami.bootMode().isEmpty()) {
            return ami.bootMode();
        }
        return ami.architecture().startsWith("arm64") ? "uefi" : "legacy-bios";
    }
}
