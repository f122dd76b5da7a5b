package io.jenkins.plugins.amirefresh.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlockDevicesTest {

    /** {@code /dev/sdb snap-1 20} and more, with {@code -} for no snapshot. */
    private static BlockDevices devices(String text) {
        return new BlockDevices(Arrays.stream(text.split(", "))
                .filter(device -> !device.isEmpty())
                .map(device -> device.split(" "))
                .map(words -> new BlockDevice(words[0], words[1].replace("-x", ""), Integer.parseInt(words[2])))
                .toList());
    }

    private static Ami image(String id, String volumes) {
        return new Ami(
                new AmiId(id),
                "image",
                "111111111111",
                "available",
                Instant.EPOCH,
                "x86_64",
                "",
                true,
                "/dev/xvda",
                "ebs",
                devices(volumes),
                Map.of());
    }

    private static final Ami OLD = image("ami-0000000000000000a", "/dev/xvda snap-1 10, /dev/sdb snap-2 20");
    private static final Ami NEW = image("ami-0000000000000000b", "/dev/xvda snap-3 12, /dev/sdb snap-4 24");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            ''                                    | ''
            /dev/xvda -x 12, /dev/sdb -x 24       | ''
            /dev/xvda -x 0, /dev/sdb -x 0         | ''
            /dev/xvda -x 11                       | maps /dev/xvda to 11 GiB, and the root volume of ami-0000000000000000b needs 12
            /dev/xvda snap-1 11                   | maps /dev/xvda to 11 GiB, and the root volume of ami-0000000000000000b needs 12
            /dev/xvda -x 40, /dev/sdb -x 20       | maps /dev/sdb to 20 GiB, and that volume of ami-0000000000000000b needs 24
            /dev/sdb snap-4 20                    | maps /dev/sdb to 20 GiB, and that volume of ami-0000000000000000b needs 24
            /dev/sdb snap-9 5                     | ''
            /dev/sdh -x 5                         | ''
            """)
    void findsVolumesThatAreTooSmall(String mapped, String problem) {
        assertThat(devices(mapped).tooSmallFor(NEW))
                .isEqualTo(Optional.of(problem).filter(text -> !text.isEmpty()));
    }

    @Test
    void keepsSnapshotsThatAreNotTheOldImages() {
        // given
        BlockDevices mapped = devices("/dev/xvda snap-7 12, /dev/sdb snap-2 24, /dev/sdh snap-8 30, /dev/sdi -x 5");

        // when
        CopiedSnapshots known = CopiedSnapshots.of(mapped, Optional.of(OLD), Optional.of(NEW));
        CopiedSnapshots gone = CopiedSnapshots.of(mapped, Optional.empty(), Optional.of(NEW));

        // then
        assertThat(known).isEqualTo(new CopiedSnapshots(true, Set.of("/dev/xvda", "/dev/sdb")));
        assertThat(gone).isEqualTo(new CopiedSnapshots(true, Set.of("/dev/xvda")));
        assertThat(mapped.withoutSnapshots(known.following()))
                .isEqualTo(devices("/dev/xvda -x 12, /dev/sdb -x 24, /dev/sdh snap-8 30, /dev/sdi -x 5"));
        assertThat(CopiedSnapshots.of(devices("/dev/sdi -x 5"), Optional.of(OLD), Optional.of(NEW))
                        .any())
                .isFalse();
    }

    @Test
    void namesMembersThatDifferWithoutSecrets() {
        // given
        LaunchSettings own =
                new LaunchSettings(Map.of("InstanceType", "t3.medium", "UserData", "#aa", "KeyName", "ops"));
        LaunchSettings next =
                new LaunchSettings(Map.of("InstanceType", "p3.16xlarge", "UserData", "#bb", "Placement", "#cc"));

        // then
        assertThat(own.differences(next))
                .isEqualTo(List.of(
                        "InstanceType t3.medium -> p3.16xlarge",
                        "KeyName ops -> none",
                        "Placement none -> given",
                        "UserData"));
        assertThat(own.differences(own)).isEmpty();
    }
}
