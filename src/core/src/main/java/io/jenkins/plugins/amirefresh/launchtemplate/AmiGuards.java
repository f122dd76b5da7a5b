package io.jenkins.plugins.amirefresh.launchtemplate;

import io.jenkins.plugins.amirefresh.model.Ami;
import io.jenkins.plugins.amirefresh.model.AmiTraits;
import io.jenkins.plugins.amirefresh.model.BlockDevices;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whether instances that ran one AMI can run another: what AWS would refuse at launch, or boot wrongly.
 *
 * <p>Source: EC2 User Guide, "Instance launch considerations" and "Boot modes".
 */
public final class AmiGuards {

    private AmiGuards() {}

    /** Why {@code wanted} may not replace {@code current}; empty when it may. */
    public static Optional<String> objection(Ami current, Ami wanted) {
        return objection(current, wanted, Set.of());
    }

    /**
     * The first reason why {@code wanted} may not replace {@code current}; empty when it may.
     *
     * @param accepted differences that count for nothing
     */
    public static Optional<String> objection(Ami current, Ami wanted, Set<AmiDifference> accepted) {
        return Stream.of(AmiDifference.values())
                .filter(difference -> !accepted.contains(difference))
                .flatMap(difference -> objection(difference, current, wanted).stream())
                .findFirst();
    }

    /** All that they differ in and that is objected to. */
    public static List<AmiDifference> differences(Ami current, Ami wanted) {
        return Stream.of(AmiDifference.values())
                .filter(difference -> objection(difference, current, wanted).isPresent())
                .toList();
    }

    private static Optional<String> objection(AmiDifference difference, Ami current, Ami wanted) {
        AmiTraits old = current.traits();
        AmiTraits other = wanted.traits();
        boolean areKnown = old.isKnown() && other.isKnown();
        return switch (difference) {
            case ARCHITECTURE -> differs("is", wanted, wanted.architecture(), current, current.architecture());
            case VIRTUALIZATION ->
                areKnown
                        ? differs("has virtualization", wanted, other.virtualization(), current, old.virtualization())
                        : Optional.empty();
            case PLATFORM ->
                areKnown && old.isWindows() != other.isWindows()
                        ? differs("runs", wanted, other.platform(), current, old.platform())
                        : Optional.empty();
            case ROOT_DEVICE_TYPE ->
                differs("has root device type", wanted, wanted.rootDeviceType(), current, current.rootDeviceType());
            case ROOT_DEVICE_NAME ->
                differs("has root device", wanted, wanted.rootDeviceName(), current, current.rootDeviceName());
            case BOOT_MODE ->
                "uefi-preferred".equals(bootMode(wanted))
                        ? Optional.empty()
                        : differs("has boot mode", wanted, bootMode(wanted), current, bootMode(current));
            case ENA_SUPPORT ->
                current.enaSupport() && !wanted.enaSupport()
                        ? Optional.of(wanted.id() + " has no ENA support and " + current.id()
                                + " has: current instance types could not start it")
                        : Optional.empty();
            case TPM_SUPPORT ->
                areKnown && !old.tpm().isEmpty() && other.tpm().isEmpty()
                        ? Optional.of(wanted.id() + " has no TPM and " + current.id() + " has " + old.tpm()
                                + ": what its instances keep there could not be read")
                        : Optional.empty();
        };
    }

    /**
     * Worth knowing although it is no objection; empty for nothing.
     *
     * @param mapped what the version says of volumes: a size there goes before the image's
     */
    public static Optional<String> remark(Ami current, Ami wanted, BlockDevices mapped) {
        boolean isFixed = mapped.sizeGib(wanted.rootDeviceName()) > 0;
        boolean grows =
                !isFixed && wanted.rootVolumeSizeGib() > current.rootVolumeSizeGib() && current.rootVolumeSizeGib() > 0;
        boolean isStricter = current.traits().isKnown()
                && current.traits().imds().isEmpty()
                && !wanted.traits().imds().isEmpty();
        List<String> remarks = new ArrayList<>();
        if (grows) {
            remarks.add("its root volume grows from " + current.rootVolumeSizeGib() + " to "
                    + wanted.rootVolumeSizeGib() + " GiB");
        }
        if (isStricter) {
            remarks.add("its instances will answer IMDSv2 alone");
        }
        return remarks.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", remarks));
    }

    private static Optional<String> differs(String verb, Ami wanted, String value, Ami current, String other) {
        return value.equals(other)
                ? Optional.empty()
                : Optional.of(wanted.id() + " " + verb + " " + value + ", " + current.id() + " " + verb + " " + other);
    }

    /** Without one, the default of the architecture. Source: EC2 User Guide, "Boot modes", "Default boot mode". */
    private static String bootMode(Ami ami) {
        if (!ami.bootMode().isEmpty()) {
            return ami.bootMode();
        }
        return ami.architecture().startsWith("arm64") ? "uefi" : "legacy-bios";
    }
}
