package io.jenkins.plugins.amirefresh.launchtemplate;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** In what an image may differ from the one it replaces, so that instances could not start or would be something else. */
public enum AmiDifference {
    /** Another processor. */
    ARCHITECTURE("architecture"),
    /** hvm or paravirtual. */
    VIRTUALIZATION("virtualization"),
    /** Windows or not. */
    PLATFORM("platform"),
    /** EBS or instance store. */
    ROOT_DEVICE_TYPE("rootDeviceType"),
    /** The root device's name, which mappings of the template mean. */
    ROOT_DEVICE_NAME("rootDeviceName"),
    /** Legacy BIOS or UEFI. */
    BOOT_MODE("bootMode"),
    /** Without ENA, current instance types do not start. */
    ENA_SUPPORT("enaSupport"),
    /** Without a TPM, what it keeps cannot be read. */
    TPM_SUPPORT("tpmSupport");

    private final String word;

    AmiDifference(String word) {
        this.word = word;
    }

    /** As parameters say it. */
    public String word() {
        return word;
    }

    /** Every word. */
    public static List<String> words() {
        return Stream.of(values()).map(AmiDifference::word).toList();
    }

    /**
     * Those of some words.
     *
     * @throws IllegalArgumentException naming a word that is none
     */
    public static Set<AmiDifference> of(Collection<String> words) {
        Set<AmiDifference> found = EnumSet.noneOf(AmiDifference.class);
        for (String word : words) {
            found.add(Stream.of(values())
                    .filter(difference -> difference.word.equals(word))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(word)));
        }
        return found;
    }
}
