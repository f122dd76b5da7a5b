package io.jenkins.plugins.amirefresh.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.model.InstanceId;
import io.jenkins.plugins.amirefresh.refresh.Ailment.Evidence;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an image may be blamed with. */
class FindingsTest {

    @ParameterizedTest
    @CsvSource({
        "FAULT, true, true, ''",
        "FAULT, , true, ''",
        "FAULT, false, false, fails alike",
        "SILENCE, true, true, ''",
        "SILENCE, , false, nobody saw an old instance answer",
        "SILENCE, false, false, fails alike",
        "NONE, true, false, ''",
        "NONE, , false, ''",
        "NONE, false, false, ''"
    })
    void whenAnInstanceFails_thenTheImageIsBlamedForWhatOldOnesDoBetter(
            Evidence evidence, Boolean oldAnswered, boolean blames, String inconclusive) {
        // given
        Findings findings = new Findings(List.of(), oldAnswered, null, null, List.of(), null, null, false);
        Ailment ailment = new Ailment("it does not answer", evidence);

        // then
        assertThat(findings.blames(ailment)).isEqualTo(blames);
        assertThat(findings.inconclusive(ailment)).contains(inconclusive);
        assertThat(findings.inconclusive(ailment).isEmpty()).isEqualTo(inconclusive.isEmpty());
    }

    @Test
    void whenInstancesAreLostForOneCause_thenItIsToldOnce() {
        // given
        Ailment hook = new Ailment("abandoned", Evidence.NONE);
        Ailment fault = new Ailment("status checks", Evidence.FAULT);

        // when
        Findings findings = Findings.NONE.and(List.of(
                new Loss(new InstanceId("i-00000001"), hook),
                new Loss(new InstanceId("i-00000002"), hook),
                new Loss(new InstanceId("i-00000003"), fault)));

        // then
        assertThat(findings.causes()).isEqualTo("i-00000001, i-00000002: abandoned; i-00000003: status checks");
        assertThat(findings.blamed().map(Loss::instance)).isEqualTo(Optional.of(new InstanceId("i-00000003")));
    }

    @Test
    void whenProvenInstancesWent_thenTheyAreCountedByCause() {
        // given
        Ailment spot = new Ailment("terminated (Server.SpotInstanceTermination)", Evidence.NONE);
        Loss one = new Loss(new InstanceId("i-00000000000000001"), spot);
        Loss other = new Loss(new InstanceId("i-00000000000000002"), spot);

        // when
        Findings findings = Findings.NONE.andDeparted(List.of(one)).andDeparted(List.of(other));

        // then
        assertThat(findings.lostMeanwhile("new"))
                .isEqualTo("; 2 healthy new instances went again: terminated (Server.SpotInstanceTermination)");
        assertThat(findings.tellsOfSpot()).isTrue();
        assertThat(Findings.NONE.lostMeanwhile("new")).isEmpty();
    }
}
