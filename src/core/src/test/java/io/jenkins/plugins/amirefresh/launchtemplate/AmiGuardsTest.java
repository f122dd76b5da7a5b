package io.jenkins.plugins.amirefresh.launchtemplate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.model.Ami;
import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.model.AmiTraits;
import io.jenkins.plugins.amirefresh.model.BlockDevice;
import io.jenkins.plugins.amirefresh.model.BlockDevices;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateId;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmiGuardsTest {

    /** An AMI as {@code architecture bootMode ena rootDeviceName rootDeviceType GiB}; {@code -} for no boot mode. */
    private static Ami ami(String id, String text) {
        String[] words = text.split(" ", -1);
        return new Ami(
                new AmiId(id),
                "image",
                "111111111111",
                "available",
                Instant.EPOCH,
                words[0],
                words[1].equals("-") ? "" : words[1],
                words[2].equals("ena"),
                words[3],
                words[4],
                new BlockDevices(List.of(new BlockDevice(words[3], "", Integer.parseInt(words[5])))),
                Map.of());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            x86_64 - ena /dev/xvda ebs 8              | x86_64 - ena /dev/xvda ebs 8              | ''
            x86_64 - ena /dev/xvda ebs 8              | arm64 - ena /dev/xvda ebs 8               | ami-00000000000000002 is arm64, ami-00000000000000001 is x86_64
            x86_64 - ena /dev/xvda ebs 8              | x86_64 - ena /dev/xvda instance-store 8   | ami-00000000000000002 has root device type instance-store, ami-00000000000000001 has root device type ebs
            x86_64 - ena /dev/xvda ebs 8              | x86_64 - ena /dev/sda1 ebs 8              | ami-00000000000000002 has root device /dev/sda1, ami-00000000000000001 has root device /dev/xvda
            x86_64 - ena /dev/xvda ebs 8              | x86_64 uefi ena /dev/xvda ebs 8           | ami-00000000000000002 has boot mode uefi, ami-00000000000000001 has boot mode legacy-bios
            x86_64 legacy-bios ena /dev/xvda ebs 8    | x86_64 - ena /dev/xvda ebs 8              | ''
            x86_64 uefi ena /dev/xvda ebs 8           | x86_64 uefi-preferred ena /dev/xvda ebs 8 | ''
            x86_64 uefi-preferred ena /dev/xvda ebs 8 | x86_64 legacy-bios ena /dev/xvda ebs 8    | ami-00000000000000002 has boot mode legacy-bios, ami-00000000000000001 has boot mode uefi-preferred
            arm64 - ena /dev/xvda ebs 8               | arm64 uefi ena /dev/xvda ebs 8            | ''
            x86_64 - ena /dev/xvda ebs 8              | x86_64 - none /dev/xvda ebs 8             | ami-00000000000000002 has no ENA support and ami-00000000000000001 has: current instance types could not start it
            x86_64 - none /dev/xvda ebs 8             | x86_64 - ena /dev/xvda ebs 8              | ''
            x86_64 - ena /dev/xvda ebs 8              | x86_64 - ena /dev/xvda ebs 20             | ''
            """)
    void objectsToWhatCouldNotStart(String current, String wanted, String objection) {
        assertThat(AmiGuards.objection(ami("ami-00000000000000001", current), ami("ami-00000000000000002", wanted))
                        .orElse(""))
                .isEqualTo(objection);
    }

    private static Ami with(String id, AmiTraits traits) {
        Ami plain = ami(id, "x86_64 - ena /dev/xvda ebs 8");
        return new Ami(
                plain.id(),
                plain.name(),
                plain.ownerId(),
                plain.state(),
                plain.createdAt(),
                plain.architecture(),
                plain.bootMode(),
                plain.enaSupport(),
                plain.rootDeviceName(),
                plain.rootDeviceType(),
                plain.blockDevices(),
                plain.tags(),
                traits);
    }

    /** Traits as {@code virtualization,tpm,imds,platform}; the word is the one that accepts it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            hvm,,,Linux/UNIX     | hvm,,,Linux/UNIX          | ''             | ''
            hvm,,,Linux/UNIX     | paravirtual,,,Linux/UNIX  | virtualization | ami-00000000000000002 has virtualization paravirtual, ami-00000000000000001 has virtualization hvm
            hvm,v2.0,,Linux/UNIX | hvm,,,Linux/UNIX          | tpmSupport     | ami-00000000000000002 has no TPM and ami-00000000000000001 has v2.0: what its instances keep there could not be read
            hvm,,,Linux/UNIX     | hvm,v2.0,,Linux/UNIX      | ''             | ''
            hvm,,,Linux/UNIX     | hvm,,,Windows             | platform       | ami-00000000000000002 runs Windows, ami-00000000000000001 runs Linux/UNIX
            hvm,,,Linux/UNIX     | hvm,,,Red Hat Enterprise Linux | ''        | ''
            hvm,,,Linux/UNIX     | ,,,                       | ''             | ''
            """)
    void objectsToOtherTraitsUnlessTheyAreAccepted(String current, String wanted, String word, String objection) {
        Ami old = with("ami-00000000000000001", traits(current));
        Ami other = with("ami-00000000000000002", traits(wanted));

        assertThat(AmiGuards.objection(old, other).orElse("")).isEqualTo(objection);
        assertThat(AmiGuards.differences(old, other).stream()
                        .map(AmiDifference::word)
                        .toList())
                .isEqualTo(word.isEmpty() ? List.of() : List.of(word));
        assertThat(AmiGuards.objection(old, other, AmiDifference.of(word.isEmpty() ? List.of() : List.of(word))))
                .isEmpty();
    }

    private static AmiTraits traits(String text) {
        String[] parts = text.split(",", -1);
        return new AmiTraits(parts[0], parts[1], parts[2], parts[3]);
    }

    @Test
    void remarksThatInstancesAnswerTheNewerMetadataServiceAlone() {
        assertThat(AmiGuards.remark(
                        with("ami-00000000000000001", traits("hvm,,,Linux/UNIX")),
                        with("ami-00000000000000002", traits("hvm,,v2.0,Linux/UNIX")),
                        BlockDevices.NONE))
                .contains("its instances will answer IMDSv2 alone");
    }

    @ParameterizedTest
    @CsvSource({"8, 8, ''", "8, 10, its root volume grows from 8 to 10 GiB", "10, 8, ''", "0, 8, ''"})
    void remarksThatTheRootVolumeGrows(int current, int wanted, String remark) {
        assertThat(AmiGuards.remark(
                                ami("ami-00000000000000001", "x86_64 - ena /dev/xvda ebs " + current),
                                ami("ami-00000000000000002", "x86_64 - ena /dev/xvda ebs " + wanted),
                                BlockDevices.NONE)
                        .orElse(""))
                .isEqualTo(remark);
    }

    @Test
    void makesTheSameTokenForTheSameVersionOnly() {
        LaunchTemplateId template = new LaunchTemplateId("lt-00000000000000001");
        LaunchTemplateVersion one = new LaunchTemplateVersion(1);
        AmiId ami = new AmiId("ami-00000000000000001");

        assertThat(VersionToken.of("run-1", template, one, ami))
                .isEqualTo(VersionToken.of("run-1", template, one, ami))
                .isNotEqualTo(VersionToken.of("run-2", template, one, ami))
                .isNotEqualTo(VersionToken.of("run-1", template, new LaunchTemplateVersion(2), ami))
                .isNotEqualTo(VersionToken.of("run-1", template, one, new AmiId("ami-00000000000000002")));
    }
}
