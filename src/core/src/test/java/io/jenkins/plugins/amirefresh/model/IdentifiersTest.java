package io.jenkins.plugins.amirefresh.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.amirefresh.journal.Json;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifiersTest {

    @ParameterizedTest
    @ValueSource(strings = {"web", "prod/web-1 (blue)", "Größe_7", "a"})
    void whenAGroupNameIsAllowedAtAws_thenItIsTaken(String name) {
        assertThat(new AutoScalingGroupName(name).value()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a:b", "a\tb"})
    void whenAGroupNameIsNot_thenRefusedWithWhatIsAllowed(String name) {
        assertThatThrownBy(() -> new AutoScalingGroupName(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 to 255 characters without a colon");
    }

    @ParameterizedTest
    @ValueSource(strings = {"eu-west-1", "us-gov-east-1", "ap-southeast-4"})
    void whenARegionIsOne_thenItIsTaken(String name) {
        assertThat(new AwsRegion(name).value()).isEqualTo(name);
    }

    /** AWS opens new ones: what is made of known words may be one of them. */
    @ParameterizedTest
    @CsvSource({
        "eu-wset-1, eu-west-1",
        "ue-west-1, eu-west-1",
        "us-esat-2, us-east-2",
        "ap-southeat-1, ap-southeast-1",
        "us-gov-wets-1, us-gov-west-1",
        "eu-west-1, ",
        "eu-west-9, ",
        "eu-east-1, ",
        "us-isob-east-1, ",
        "eusc-de-east-1, ",
        "eusc-fr-east-1, ",
        "nz-north-1, ",
    })
    void whenARegionIsASlipOfThePen_thenTheOneThatWasMeantIsKnown(String name, @Nullable String meant) {
        assertThat(new AwsRegion(name).meant().map(AwsRegion::value)).isEqualTo(Optional.ofNullable(meant));
    }

    @ParameterizedTest
    @ValueSource(strings = {"eu-west-1a", "EU-WEST-1", "ireland", ""})
    void whenARegionIsNone_thenRefused(String name) {
        assertThatThrownBy(() -> new AwsRegion(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"$Latest", "$Default", "17"})
    void whenAVersionReferenceIsWritten_thenReadsBackEqual(String text) {
        // given
        VersionReference reference = VersionReference.parse(text);

        // when
        VersionReference read = Json.read(Json.write(reference), VersionReference.class);

        // then
        assertThat(read).isEqualTo(reference);
        assertThat(read.text()).isEqualTo(text);
    }

    @Test
    void whenAGroupsNameHoldsSlashes_thenItsKeyReadsBackEqual() {
        // given
        GroupKey key = new GroupKey(
                new AccountId("111111111111"), new AwsRegion("eu-west-1"), new AutoScalingGroupName("prod/eu/web"));

        // when
        GroupKey read = GroupKey.parse(key.text());

        // then
        assertThat(read).isEqualTo(key);
    }

    @Test
    void whenAwsHasAStateWeDoNotKnow_thenItIsUnrecognisedAndNotLeaving() {
        assertThat(LifecycleState.parse("Teleporting")).isEqualTo(LifecycleState.UNRECOGNISED);
        assertThat(LifecycleState.UNRECOGNISED.isLeaving()).isFalse();
        assertThat(LifecycleState.parse("Terminating:Wait").isLeaving()).isTrue();
    }
}
